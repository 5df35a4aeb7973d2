"""A project's engines as people see them, and a taste of what one would suggest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from annotator.lib.errors import Invalid
from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.domain.spans import Suggestion, without_repeats
from articles.domain.texts.marking import Piece, marked
from articles.engines.answers import answers_of
from articles.engines.base import ArticleText, Engine, EngineError, LearningEngine, SettingsError, Stage
from articles.engines.connected import ConnectedEngine
from articles.engines.registry import all_engines, engine_class, holding_kinds, learning_kinds, made
from articles.models import Article, EngineVersion, ProjectEngine
from articles.queries.articles import without_text
from articles.queries.engines.calibrations import merging_settings
from articles.queries.engines.readings import article_text, stored_suggestions
from articles.queries.engines.settings import Typed, changed_settings
from articles.queries.engines.surroundings import surroundings_of
from articles.queries.evaluations.page import EvaluationRow, latest_evaluations
from articles.queries.files import open_stored
from articles.queries.projects.figures import project_engines

NOTHING_LEARNED = "It has learned nothing yet. It does so by itself once there is enough gold."
NOTHING_TO_MERGE = (
    "The other engines that are on suggest nothing in this article, so there is nothing to merge. Let them "
    "read it first, or choose another one."
)
# A taste is made while the page is waiting.
TASTED_CHARACTERS = 5_000
TASTED_SECONDS = 15.0


@dataclass(frozen=True)
class EngineCard:
    """`kind` is None when the package that brought the engine is gone; `obstacle` says why it cannot work,
    `measured` how good it was against gold when that was last measured."""

    row: ProjectEngine
    kind: type[Engine] | None
    obstacle: str
    articles_read: int
    measured: EvaluationRow | None = None

    @property
    def title(self) -> str:
        return self.kind.title if self.kind else self.row.name

    @property
    def description(self) -> str:
        return self.kind.description if self.kind else ""

    @property
    def version(self) -> str:
        return self.kind.version if self.kind else ""

    @property
    def asks_a_service(self) -> bool:
        return bool(self.kind and issubclass(self.kind, ConnectedEngine))

    @property
    def learns(self) -> bool:
        return bool(self.kind and issubclass(self.kind, LearningEngine))

    @property
    def only_waits(self) -> bool:
        """For gold: nothing has to be mended."""
        return self.obstacle == NOTHING_LEARNED

    @property
    def stage(self) -> Stage:
        return self.kind.stage if self.kind else Stage.READS

    @property
    def has_settings(self) -> bool:
        return bool(self.kind and self.kind.settings_form)


@dataclass(frozen=True)
class Taste:
    """What an engine finds at the beginning of an article: the marked text, and each label's count."""

    article: Article
    pieces: list[Piece]
    counts: list[tuple[str, int, int]]
    is_cut: bool


def engine_cards(project: Project) -> list[EngineCard]:
    """In the order in which they read: those that learn or merge come after those they listen to."""
    measured = {one.engine: one for one in latest_evaluations(project)}
    cards = [replace(card_of(row), measured=measured.get(row.name)) for row in project_engines(project)]
    return sorted(cards, key=lambda card: (card.stage, card.row.pk))


def reading_engines(project: Project) -> list[ProjectEngine]:
    """Those that read new articles by themselves. One that has learned nothing yet has nothing to say."""
    rows = ProjectEngine.objects.filter(project=project, enabled=True).order_by("pk")
    rows = rows.exclude(kind__in=holding_kinds())
    has_learned = Q(versions__state=EngineVersion.State.LIVE)
    return list(rows.filter(has_learned | ~Q(kind__in=learning_kinds())))


def card_of(row: ProjectEngine) -> EngineCard:
    read = getattr(row, "articles_read", 0)
    try:
        kind = engine_class(row.kind)
    except EngineError as error:
        return EngineCard(row, None, str(error), read)
    obstacle = kind.unavailable_because() or ""
    if issubclass(kind, LearningEngine) and not obstacle and not row.versions.live().exists():
        obstacle = NOTHING_LEARNED
    return EngineCard(row, kind, obstacle, read)


def left_nothing(row: ProjectEngine) -> bool:
    """Whether nothing in the project comes from the engine: no layer, nothing learned, nothing measured."""
    return not (row.layers.exists() or row.versions.exists() or row.evaluations.exists())


def addable_kinds(project: Project) -> list[type[Engine]]:
    """What can be added: all that works here, but one without settings only once."""
    there = set(ProjectEngine.objects.filter(project=project).values_list("kind", flat=True))
    works = [one for one in all_engines().values() if not one.unavailable_because()]
    return [one for one in works if one.settings_form or one.name not in there]


def articles_to_taste(project: Project) -> list[Article]:
    """The newest articles, to choose one from."""
    return list(without_text(Article.objects.of(project)).order_by("-pk")[:50])


def trial_engine(row: ProjectEngine, settings: Mapping[str, Any], *, seconds: float | None = None) -> Engine:
    """The engine with settings that may not be kept, its keys among them. Raises EngineError.

    `seconds` is how long one that asks a service may take to read.
    """
    kind, labels = engine_class(row.kind), published_definition(row.project_id).active_names
    if issubclass(kind, ConnectedEngine):
        return kind(settings, labels, surroundings_of(row, kind, seconds=seconds))
    if issubclass(kind, LearningEngine):
        learned = EngineVersion.objects.live().filter(engine=row).select_related("model").first()
        if learned is None or learned.model is None:
            raise EngineError("It learns first, and can be tried as soon as it has learned something.")
        return made(kind, settings, labels, open_stored(learned.model).read())
    told = merging_settings(row, {}) if kind.stage is Stage.MERGES else {}
    return made(kind, {**settings, **told}, labels)


def taste(
    row: ProjectEngine, settings: Mapping[str, Any], article: Article, typed: Typed | None = None
) -> Taste:
    """What the engine with these settings suggests in the article. Raises Invalid."""
    found = suggested(row, settings, article, typed)
    colours = {label.name: label.colour for label in published_definition(row.project_id).labels}
    spans = [(one.start, one.end, one.label) for one in without_repeats(found)]
    text = article.text[:TASTED_CHARACTERS]
    return Taste(article, marked(text, spans, colours), _counts(found, colours), article.length > len(text))


def suggested(
    row: ProjectEngine, settings: Mapping[str, Any], article: Article, typed: Typed | None = None
) -> list[Suggestion]:
    """What the engine with these settings suggests in the first TASTED_CHARACTERS. Raises Invalid."""
    try:
        full = changed_settings(row, settings, typed)
        engine = trial_engine(row, full, seconds=TASTED_SECONDS)
        (found,) = answers_of(row.name, engine, [_beginning(article, engine.stage)])
        return list(found)
    except SettingsError as error:
        raise Invalid(str(error), list(error.problems.values())) from error
    except EngineError as error:
        raise Invalid(str(error)) from error


def _beginning(article: Article, stage: Stage) -> ArticleText:
    """What an engine of this stage is given to try. Raises EngineError when there is nothing to merge."""
    said = stored_suggestions([article], before=stage).get(article.pk, {})
    if stage is Stage.MERGES and not said:
        raise EngineError(NOTHING_TO_MERGE)
    text = article.text[:TASTED_CHARACTERS]
    inside = {name: [one for one in found if one.end <= len(text)] for name, found in said.items()}
    return replace(article_text(article, inside), text=text)


def _counts(found: list[Suggestion], colours: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Label, colour and count, the most frequent first."""
    names = [one.label for one in found]
    rows = [(name, colours.get(name, 0), names.count(name)) for name in sorted(set(names))]
    return sorted(rows, key=lambda row: -row[2])
