"""Which forms a layer labels in more than one way, and what is read to find them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from annotator.users.models import Project
from articles.domain.doubts.findings import Mention
from articles.models import Article, Job, Layer, Variation
from articles.queries.evaluations.scope import article_batches
from articles.queries.layers.choice import LayerChoice
from articles.queries.layers.spans import layers_of, marks_of
from articles.queries.pages import Ordering

MOST_SURPRISING_FIRST = Ordering("score", descending=True, by_number=True)
LABELS, NONE = "labels", "none"


def read_by(project: Project, choice: LayerChoice) -> list[int]:
    """The articles that the author has read: approved ones of gold, those that a person has begun."""
    read = Q(kind=Layer.Kind.ENGINE) | Q(kind=Layer.Kind.USER, begun_at__isnull=False)
    layers = layers_of(choice).filter(read | Q(kind=Layer.Kind.GOLD, approved_at__isnull=False))
    rows = Article.objects.of(project).filter(pk__in=layers.values("article"))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def texts_with_labels(choice: LayerChoice, ids: Sequence[int]) -> Iterator[list[tuple[str, list[Mention]]]]:
    """Text and spans of each article, some at a time."""
    for batch in article_batches(ids):
        marks = marks_of(choice, [one.pk for one in batch])
        yield [(one.text, [Mention(*mark) for mark in marks.get(one.pk, [])]) for one in batch]


def variations_of(project: Project, choice: LayerChoice, *, kind: str = "") -> QuerySet[Variation]:
    """As last counted. `kind`: LABELS for those with several labels, NONE for those that also have none."""
    rows = Variation.objects.filter(project=project, layer=str(choice))
    if kind == LABELS:
        return rows.filter(labels__1__isnull=False)
    return rows.filter(unlabelled__gt=0) if kind == NONE else rows


def last_count(project: Project, choice: LayerChoice) -> Job | None:
    rows = Job.objects.filter(project=project, kind=Job.Kind.CONSISTENCY)
    return rows.annotate(layer=KT("params__layer")).filter(layer=str(choice)).order_by("-pk").first()


@dataclass(frozen=True)
class LabelCount:
    """One way in which a form is labelled (`name` empty: it is not), and how often."""

    name: str
    colour: int
    count: int


@dataclass(frozen=True)
class VariationRow:
    """`usual` is the label that most places have."""

    form: str
    readings: Sequence[LabelCount]
    usual: str


def variation_rows(rows: Sequence[Variation], colours: dict[str, int]) -> list[VariationRow]:
    return [
        VariationRow(
            one.form,
            [
                *(LabelCount(name, colours.get(name, 0), count) for name, count in one.labels),
                *([LabelCount("", 0, one.unlabelled)] if one.unlabelled else []),
            ],
            one.labels[0][0],
        )
        for one in rows
    ]
