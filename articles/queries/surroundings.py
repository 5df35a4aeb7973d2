"""What an engine that asks a service is given of its project and of this installation."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from django.conf import settings

from annotator.schemas.queries import published_definition
from articles.domain.spans import Span
from articles.engines.base import ArticleText, Engine, Lesson
from articles.engines.connected import ConnectedEngine, LabelGuide, Surroundings
from articles.engines.web.addresses import Allowance
from articles.models import Layer, ProjectEngine
from articles.models import Span as SpanRow

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
        examples=_newest_gold(row, definition.active_names) if kind.wants_examples else (),
        seconds=seconds,
    )


def allowance() -> Allowance:
    """Where the administrator lets engines connect to besides the public internet."""
    return _parsed(tuple(settings.ENGINE_HOSTS_ALLOWED))


@lru_cache(maxsize=1)
def _parsed(entries: tuple[str, ...]) -> Allowance:
    return Allowance.parse(entries)


def _newest_gold(row: ProjectEngine, labels: frozenset[str]) -> tuple[Lesson, ...]:
    gold = Layer.objects.gold().filter(
        article__project=row.project_id,
        article__archived_at__isnull=True,
        article__length__lte=LONGEST_EXAMPLE,
        approved_at__isnull=False,
    )
    newest = list(gold.select_related("article").defer("article__search").order_by("-approved_at")[:EXAMPLES])
    spans = defaultdict[int, list[Span]](list)
    rows = SpanRow.objects.filter(layer__in=newest, label__in=labels, fragments=[])
    for layer, name, start, end, label in rows.order_by("start", "-end", "label").values_list(
        "layer", "id", "start", "end", "label"
    ):
        spans[layer].append(Span(name, start, end, label))
    return tuple(
        Lesson(ArticleText(one.article_id, one.article.text, one.article.language), tuple(spans[one.pk]))
        for one in newest
    )
