"""Likely errors as reviewers read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, Least, Substr
from django.utils.translation import gettext

from annotator.lib.numbers import whole_number
from annotator.users.models import Project
from articles.domain.texts.marking import ComparedPiece, compared, without_cut_words
from articles.models import Doubt, Job, Status, title_or_number
from articles.queries.pages import Ordering

# Code points around a place, and of a whole quotation at most.
CONTEXT = 60
LONGEST_QUOTE = 400
MOST_LIKELY_FIRST = Ordering("score", descending=True, by_number=True)


@dataclass(frozen=True)
class DoubtFilter:
    """What doubts to list: of a kind, and with a label that stands or may be right; empty is any."""

    kind: str = ""
    label: str = ""


def open_doubts(project: Project, wanted: DoubtFilter = DoubtFilter()) -> QuerySet[Doubt]:
    """Those that wait for a reviewer, in articles that are finished still."""
    rows = Doubt.objects.filter(project=project, state=Doubt.State.OPEN)
    rows = rows.filter(article__archived_at__isnull=True, article__status=Status.GOLD)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.label:
        rows = rows.filter(Q(label=wanted.label) | Q(other_label=wanted.label))
    return rows


def settled_doubt(project: Project, number: str) -> DoubtRow | None:
    """One that was fixed or dismissed, to be taken back. `number` is what an address says."""
    pk = whole_number(number)
    if pk is None:
        return None
    rows = Doubt.objects.filter(project=project, pk=pk).exclude(state=Doubt.State.OPEN)
    return next(iter(doubt_rows(with_context(rows))), None)


def labels_in_doubt(project: Project) -> list[str]:
    rows = open_doubts(project).order_by()
    pairs = rows.values_list("label", "other_label").distinct()
    return sorted({label for pair in pairs for label in pair if label})


def last_search(project: Project) -> Job | None:
    return Job.objects.filter(project=project, kind=Job.Kind.DOUBTS).order_by("-pk").first()


@dataclass(frozen=True)
class DoubtRow:
    """A doubt with the words around it. `place` is what the editor's address asks for."""

    doubt: Doubt
    title: str
    place: str
    words: str
    pieces: Sequence[ComparedPiece]

    @property
    def fix(self) -> str:
        """What fixing does, as the name of a button."""
        one = self.doubt
        if not one.other_label:
            return gettext("Remove it")
        if not one.label:
            return gettext("Label it %(label)s") % {"label": one.other_label}
        if one.label == one.other_label:
            return gettext("Change its bounds")
        return gettext("Make it %(label)s") % {"label": one.other_label}


def with_context(doubts: QuerySet[Doubt]) -> QuerySet[Doubt]:
    """With the words around each place, and the title of the article, but not the whole text."""
    rows = doubts.annotate(
        begin=Greatest(Least("start", "other_start") - CONTEXT, 0),
        stop=Greatest("end", "other_end") + CONTEXT,
        title=F("article__title"),
        whole=F("article__length"),
    )
    return rows.annotate(
        quote=Substr("article__text", F("begin") + 1, Least(F("stop") - F("begin"), LONGEST_QUOTE))
    )


def doubt_rows(doubts: Iterable[Any]) -> list[DoubtRow]:
    """Of doubts `with_context`."""
    return [_row(one) for one in doubts]


def _row(one: Any) -> DoubtRow:
    stands, other = (
        (start - one.begin, end - one.begin, label) if label else None
        for start, end, label in (
            (one.start, one.end, one.label),
            (one.other_start, one.other_end, one.other_label),
        )
    )
    words = one.quote[one.start - one.begin : one.end - one.begin]
    title = title_or_number(one.title, one.article_id)
    is_ended = one.begin + len(one.quote) >= one.whole
    pieces = without_cut_words(compared(one.quote, stands, other), is_begun=one.begin == 0, is_ended=is_ended)
    return DoubtRow(one, title, f"{one.start}-{one.end}", words, pieces)
