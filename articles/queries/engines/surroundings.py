"""What an engine that asks a service is given of its project and of this installation."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.engines.base import ArticleText, Engine, Lesson
from articles.engines.connected import ConnectedEngine, LabelGuide, Surroundings
from articles.engines.web.addresses import Allowance
from articles.models import KnownArticle, ProjectEngine
from articles.queries.gold.approved import gold_articles, gold_spans

# Gold that examples are chosen from: the newest articles, without those that are too long to look at.
EXAMPLES = 60
LONGEST_EXAMPLE = 20_000


def surroundings_of(row: ProjectEngine, kind: type[Engine], *, seconds: float | None = None) -> Surroundings:
    """Nothing for one that asks no service. `seconds` is how long whoever asks can wait for one batch."""
    if not issubclass(kind, ConnectedEngine):
        return Surroundings()
    definition = published_definition(row.project_id)
    return Surroundings(
        allowance=allowance(),
        labels=tuple(LabelGuide(one.name, one.description) for one in definition.labels if not one.retired),
        guidelines=row.project.guidelines,
        examples=_newest_gold(row.project, definition.active_names) if kind.wants_examples else (),
        seconds=seconds,
    )


def allowance() -> Allowance:
    """Where the administrator lets engines connect to besides the public internet."""
    return _parsed(tuple(settings.ENGINE_HOSTS_ALLOWED))


@lru_cache(maxsize=1)
def _parsed(entries: tuple[str, ...]) -> Allowance:
    return Allowance.parse(entries)


def _newest_gold(project: Project, labels: frozenset[str]) -> tuple[Lesson, ...]:
    """Without the articles that engines are measured on: shown one, a model would be measured too well."""
    usable = gold_articles(project).filter(length__lte=LONGEST_EXAMPLE).exclude(gold_part__held_out=True)
    usable = usable.exclude(pk__in=KnownArticle.objects.of(project).values("article"))
    newest = list(usable.order_by("-pk")[:EXAMPLES])
    spans = gold_spans(newest, labels)
    return tuple(Lesson(ArticleText(one.pk, one.text, one.language), spans[one.pk]) for one in newest)
