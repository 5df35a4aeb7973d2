"""Engines made ready, and articles read by them; those of later stages see what the earlier ones say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType

from annotator.schemas.queries import published_definition
from articles.domain.schema_changes.mapping import SchemaMapping
from articles.domain.schema_changes.names import suggestions_by_now
from articles.domain.spans import Suggestion
from articles.engines.answers import answers_of
from articles.engines.base import ArticleText, Engine, LearningEngine, Stage
from articles.engines.registry import engine_class, load
from articles.models import Article, EngineVersion, ProjectEngine
from articles.queries.engines.calibrations import Calibration, merging_settings
from articles.queries.engines.readings import article_text, stored_suggestions
from articles.queries.engines.settings import full_settings
from articles.queries.engines.surroundings import surroundings_of
from articles.queries.files import open_stored
from articles.queries.schema_changes.changes import names_today

Suggestions = list[Suggestion]


@dataclass(frozen=True)
class Ready:
    """A project's engine, loaded. `version` names what its layers are written by, `learned` what it knows;
    `names` puts labels that it has learned and that are called otherwise by now."""

    row: ProjectEngine
    engine: Engine
    version: str
    learned: EngineVersion | None = None
    names: SchemaMapping = field(default_factory=SchemaMapping)


def make_ready(
    row: ProjectEngine,
    labels: frozenset[str],
    learned: EngineVersion | None = None,
    shown: Mapping[str, Calibration | None] = MappingProxyType({}),
) -> Ready:
    """Load an engine. One that learns is loaded in its live version, or in `learned`. One that merges is told
    what has been measured of the others: what is stored, and what is `shown` in its place. Raises
    EngineError."""
    kind, definition = engine_class(row.kind), published_definition(row.project_id)
    relations = definition.relations
    if not issubclass(kind, LearningEngine):
        told = merging_settings(row, shown) if kind.stage is Stage.MERGES else {}
        around = surroundings_of(row, kind)
        engine = load(
            row.kind, {**full_settings(row), **told}, labels, relations=relations, surroundings=around
        )
        return Ready(row, engine, engine.version)
    learned = learned or EngineVersion.objects.live().filter(engine=row).select_related("model").first()
    model = open_stored(learned.model).read() if learned and learned.model else None
    names = names_today(row.project_id, definition)
    engine = load(row.kind, row.settings, labels | frozenset(names.labels), model, relations)
    return Ready(row, engine, str(learned.number) if learned else "", learned, names)


def read_articles(
    ready: Sequence[Ready], articles: Sequence[Article]
) -> list[tuple[Ready, list[Suggestions]]]:
    """What each engine suggests in each article, in the order of the engines' stages.

    An engine of a later stage sees what those of the stages before it say now, and what the other enabled
    ones of these stages have said before. Raises EngineError, which names the engine, whatever is wrong.
    """
    in_order = sorted(ready, key=lambda one: (one.engine.stage, one.row.pk))
    texts = [article_text(one) for one in articles]
    readings: list[tuple[Ready, list[Suggestions]]] = []
    for stage, same_stage in groupby(in_order, key=lambda one: one.engine.stage):
        told = _with_suggestions(texts, articles, stage, readings) if stage else texts
        readings += [(one, _answers(one, told)) for one in same_stage]
    return readings


def _answers(ready: Ready, texts: Sequence[ArticleText]) -> list[Suggestions]:
    found = answers_of(ready.row.name, ready.engine, texts)
    return [
        list(suggestions_by_now(one, ready.names, text.text)) for one, text in zip(found, texts, strict=True)
    ]


def _with_suggestions(
    texts: Sequence[ArticleText],
    articles: Sequence[Article],
    stage: Stage,
    readings: Sequence[tuple[Ready, list[Suggestions]]],
) -> list[ArticleText]:
    """The texts with what engines of earlier stages say: those that have read just now, and the others."""
    known = stored_suggestions(articles, before=stage)
    for one, found in readings:
        for article, suggestions in zip(articles, found, strict=True):
            known.setdefault(article.pk, {})[one.row.name] = suggestions
    return [replace(text, suggestions=known.get(text.id, {})) for text in texts]
