"""Gold as engines are taught with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.engines.base import EngineError, LearningEngine, Lesson
from articles.engines.registry import engine_class, stage_of
from articles.engines.teaching import Course
from articles.models import Article, Layer, ProjectEngine
from articles.queries.engines.readings import article_text, stored_suggestions
from articles.queries.gold.approved import gold_articles, gold_spans, held_out, to_learn_from

# What is learned from at most, the newest gold first: training must end, and fit into memory.
MOST_ARTICLES = 2_000
MOST_CHARACTERS = 4_000_000
# How many articles without gold show how words are used, and how much of each.
SAMPLED_TEXTS = 1_000
SAMPLED_CHARACTERS = 5_000


def course_for(engine: ProjectEngine) -> Course:
    """All that the engine is taught with. Gold must be dealt (`deal_gold`) before. Raises EngineError, and
    Refused when there is nothing to learn from any more."""
    kind, labels = learning_class(engine), published_definition(engine.project_id).active_names
    approved = Layer.objects.gold().filter(article=OuterRef("pk")).values("approved_at")
    learn = _newest(to_learn_from(engine.project).order_by(Subquery(approved).desc(), "-pk"))
    measured = list(held_out(engine.project).order_by("pk"))
    if not (learn and measured):
        raise Refused(
            _("The gold to learn from, or to be measured on, is gone: it was reopened or archived.")
        )
    before = _earlier_engines(engine, kind)
    return Course(
        kind,
        engine.settings,
        labels,
        _lessons(learn, before, labels),
        _lessons(measured, before, labels),
        _texts_without_gold(engine.project),
    )


def learning_class(engine: ProjectEngine) -> type[LearningEngine]:
    """The engine's class, which can learn. Raises EngineError."""
    kind = engine_class(engine.kind)
    if not issubclass(kind, LearningEngine):
        raise EngineError(f"The engine {engine.name} does not learn.")
    if reason := kind.unavailable_because():
        raise EngineError(reason)
    return kind


def _earlier_engines(engine: ProjectEngine, kind: type[LearningEngine]) -> frozenset[str]:
    """The names of the engines that will have read an article before this one reads it."""
    rows = ProjectEngine.objects.filter(project=engine.project_id, enabled=True).exclude(pk=engine.pk)
    stages = {one.name: stage_of(one.kind) for one in rows}
    return frozenset(name for name, stage in stages.items() if stage is not None and stage < kind.stage)


def _newest(articles: QuerySet[Article]) -> list[Article]:
    """As many of the newest articles as can be learned from, in order of id."""
    found, characters = list[Article](), 0
    for article in articles[:MOST_ARTICLES].iterator(chunk_size=100):
        characters += article.length
        if found and characters > MOST_CHARACTERS:
            break
        found.append(article)
    return sorted(found, key=lambda one: one.pk)


def _lessons(articles: Sequence[Article], before: frozenset[str], labels: frozenset[str]) -> list[Lesson]:
    """Articles with their gold, and with the suggestions of earlier engines, which the engine will see when
    it reads, too."""
    known, spans = stored_suggestions(articles), gold_spans(articles, labels)
    lessons = []
    for article in articles:
        suggested = {name: found for name, found in known.get(article.pk, {}).items() if name in before}
        lessons.append(Lesson(article_text(article, suggested), spans[article.pk]))
    return lessons


def _texts_without_gold(project: Project) -> list[str]:
    """A sample of articles without gold. It is chosen by the digests of their texts, so that it changes
    little as articles come in."""
    rows = Article.objects.of(project).exclude(pk__in=gold_articles(project).values("pk"))
    beginnings = rows.order_by("sha256").values_list(Left("text", SAMPLED_CHARACTERS), flat=True)
    return list(beginnings[:SAMPLED_TEXTS])
