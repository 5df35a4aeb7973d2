"""Where an engine and gold differ, to be read place by place, and where two evaluations do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least, Substr

from articles.domain.evaluations.comparison import Comparison, Difference, compare
from articles.domain.evaluations.evaluated import tally_of
from articles.domain.texts.marking import ComparedPiece, compared, without_cut_words
from articles.models import Evaluation, Mistake, title_or_number

# Code points around a place, and of a whole quotation at most.
CONTEXT = 60
LONGEST_QUOTE = 400
SHOWN_DIFFERENCES = 20


@dataclass(frozen=True)
class MistakeFilter:
    """What mistakes to list. A label of None stands for any, `NOTHING` for none at that place."""

    kind: str = ""
    gold_label: str | None = None
    label: str | None = None


def mistakes_of(evaluation: Evaluation, wanted: MistakeFilter) -> QuerySet[Mistake]:
    rows = Mistake.objects.filter(evaluation=evaluation)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.gold_label is not None:
        rows = rows.filter(gold_label=wanted.gold_label)
    if wanted.label is not None:
        rows = rows.filter(label=wanted.label)
    return with_context(rows)


def with_context(mistakes: QuerySet[Mistake]) -> QuerySet[Mistake]:
    """With the words around each place, and the title of the article, but not the whole text."""
    first = Least(Coalesce("start", "gold_start"), Coalesce("gold_start", "start"))
    last = Greatest(Coalesce("end", "gold_end"), Coalesce("gold_end", "end"))
    begin = Greatest(first - CONTEXT, 0)
    rows = mistakes.annotate(begin=begin, first=first, last=last, title=F("article__title"))
    rows = rows.annotate(whole=F("article__length"))
    length = Least(F("last") + CONTEXT - F("begin"), LONGEST_QUOTE)
    return rows.annotate(quote=Substr("article__text", F("begin") + 1, length))


@dataclass(frozen=True)
class MistakeRow:
    """A mistake with the words around it. `place` is what the editor's address asks for."""

    mistake: Mistake
    title: str
    place: str
    pieces: Sequence[ComparedPiece]


def mistake_rows(mistakes: Iterable[Any]) -> list[MistakeRow]:
    """Of mistakes `with_context`."""
    return [_row(one) for one in mistakes]


def _row(one: Any) -> MistakeRow:
    sides = [(one.gold_start, one.gold_end, one.gold_label), (one.start, one.end, one.label)]
    gold, engine = [
        (start - one.begin, end - one.begin, label) if start is not None else None
        for start, end, label in sides
    ]
    start, end = (one.start, one.end) if one.gold_start is None else (one.gold_start, one.gold_end)
    title = title_or_number(one.title, one.article_id)
    is_ended = one.begin + len(one.quote) >= one.whole
    pieces = without_cut_words(compared(one.quote, gold, engine), is_begun=one.begin == 0, is_ended=is_ended)
    return MistakeRow(one, title, f"{start}-{end}", pieces)


@dataclass(frozen=True)
class Compared:
    """Two evaluations on the articles that both read. `lists` has the mistakes that only the first makes
    ("mended"), then those that only the second makes ("new"): their number, and the first of them."""

    articles: int
    comparison: Comparison
    lists: Sequence[tuple[str, int, Sequence[MistakeRow]]]

    @property
    def all_rows(self) -> list[tuple[str, Difference]]:
        """All labels together under an empty name, then each, the largest difference first."""
        labels = sorted(self.comparison.labels.items(), key=lambda row: -abs(row[1].by))
        return [("", self.comparison.micro), *labels]


def compare_evaluations(first: Evaluation, second: Evaluation) -> Compared | None:
    """None when no article was read by both."""
    of_first, of_second = first.figures["by_article"], second.figures["by_article"]
    common = sorted(of_first.keys() & of_second.keys(), key=int)
    if not common:
        return None
    comparison = compare(tally_of(of_first, common), tally_of(of_second, common))
    ids = [int(one) for one in common]
    sides = (("mended", _only(first, second, ids)), ("new", _only(second, first, ids)))
    lists = [
        (name, found.count(), mistake_rows(with_context(found)[:SHOWN_DIFFERENCES])) for name, found in sides
    ]
    return Compared(len(common), comparison, lists)


def _only(one: Evaluation, other: Evaluation, articles: Sequence[int]) -> QuerySet[Mistake]:
    """Mistakes that the other does not make: what it has right of gold, and what it does not invent."""
    same = Mistake.objects.filter(evaluation=other, article=OuterRef("article"))
    same_gold = same.filter(
        gold_start=OuterRef("gold_start"), gold_end=OuterRef("gold_end"), gold_label=OuterRef("gold_label")
    )
    same_found = same.filter(start=OuterRef("start"), end=OuterRef("end"), label=OuterRef("label"))
    in_gold = Q(gold_start__isnull=False)
    differs = (in_gold & ~Exists(same_gold)) | (~in_gold & ~Exists(same_found))
    return Mistake.objects.filter(differs, evaluation=one, article__in=articles)
