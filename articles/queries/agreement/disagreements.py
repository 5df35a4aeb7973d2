"""The places where people disagree, to be read one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from annotator.users.models import Project, User
from articles.domain.agreement.pair_counts import PairCounts
from articles.domain.measures.alignment import Kind, Match, match_mentions
from articles.domain.measures.confusion import NOTHING, Cell
from articles.domain.measures.f_measure import Mention
from articles.domain.texts.marking import ComparedPiece, compared_in
from articles.models import title_or_number
from articles.queries.agreement.figures import AgreementFilter, PairRow, counted_rows
from articles.queries.agreement.readings import ReadArticle, handed_in_articles
from articles.queries.evaluations.mistakes import CONTEXT, LONGEST_QUOTE

PAGE_SIZE = 50


@dataclass(frozen=True)
class Wanted:
    """Which disagreements. A label of None stands for any, `NOTHING` for none at that place; which of the two
    people says which does not matter."""

    kind: str = ""
    said: str | None = None
    against: str | None = None

    def has_kind(self, kind: Kind) -> bool:
        return kind is not Kind.SAME and self.kind in ("", kind)

    def has_cell(self, cell: Cell) -> bool:
        return self._is(*cell) or self._is(*reversed(cell))

    def _is(self, one: str, other: str) -> bool:
        return self.said in (None, one) and self.against in (None, other)


@dataclass(frozen=True)
class Disagreement:
    """What two people say of one place, with the words around it. `place` is what the editor's address asks
    for; a label is empty for the one who marked nothing."""

    article: int
    title: str
    place: str
    kind: Kind
    people: tuple[str, str]
    labels: tuple[str, str]
    pieces: Sequence[ComparedPiece]


@dataclass(frozen=True)
class DisagreementPage:
    """`number` is from 1; `total` is of all pages."""

    rows: Sequence[Disagreement]
    number: int
    total: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number * PAGE_SIZE < self.total else None


def disagreement_page(
    project: Project, chosen: AgreementFilter, wanted: Wanted, number: int = 1
) -> DisagreementPage:
    """One page, in order of articles, people and places. The stored counts say in which pairs of readings the
    page lies, so only those are read."""
    rows = [row for row in counted_rows(project, chosen) if row.counts]
    ends = list(accumulate(_number(row.counts, wanted, chosen.label) for row in rows if row.counts))
    total = ends[-1] if ends else 0
    begin, stop = (number - 1) * PAGE_SIZE, number * PAGE_SIZE
    touched = [
        (row, start)
        for row, start, end in zip(rows, [0, *ends], ends, strict=False)
        if start < stop and end > begin and end > start
    ]
    listed: list[Disagreement] = []
    if touched:
        skipped = begin - touched[0][1]
        found = list(_listed([row for row, _ in touched], wanted, chosen.label))
        listed = found[skipped : skipped + PAGE_SIZE]
    return DisagreementPage(listed, number, total)


def _number(counts: PairCounts, wanted: Wanted, label: str) -> int:
    """How many disagreements of these counts are wanted; of `label` alone where there is one."""
    confused = sum(
        number
        for cell, number in counts.confused.items()
        if wanted.has_kind(Kind.ALONE if NOTHING in cell else Kind.LABEL)
        and wanted.has_cell(cell)
        and label in ("", *cell)
    )
    if not wanted.has_kind(Kind.BOUNDARY):
        return confused
    return confused + sum(
        one.boundary
        for name, one in counts.labels.items()
        if wanted.has_cell((name, name)) and label in ("", name)
    )


def _listed(rows: Sequence[PairRow], wanted: Wanted, label: str) -> Iterator[Disagreement]:
    people = User.objects.in_bulk({number for row in rows for number in (row.first, row.second)})
    articles = {one.id: one for one in handed_in_articles({row.article for row in rows})}
    for row in rows:
        article = articles.get(row.article)
        first = article and article.layers.get(row.first_layer)
        second = article and article.layers.get(row.second_layer)
        if article and first and second:
            matches = match_mentions(first.reading.mentions, second.reading.mentions)
            names = (people[row.first].name, people[row.second].name)
            for match in sorted(_fitting(matches, wanted, label), key=_reading_order):
                yield _disagreement(article, names, match)


def _fitting(matches: Iterable[Match], wanted: Wanted, label: str) -> Iterator[Match]:
    for match in matches:
        cell = _labels(match)
        if wanted.has_kind(match.kind) and wanted.has_cell(cell) and label in ("", *cell):
            yield match


def _labels(match: Match) -> Cell:
    return (match.first[2] if match.first else NOTHING, match.second[2] if match.second else NOTHING)


def _reading_order(match: Match) -> tuple[int, int, Cell]:
    start, end = _bounds(match)
    return start, end, _labels(match)


def _bounds(match: Match) -> tuple[int, int]:
    there = [one for one in (match.first, match.second) if one]
    return min(one[0] for one in there), max(one[1] for one in there)


def _disagreement(article: ReadArticle, people: tuple[str, str], match: Match) -> Disagreement:
    start, end = _bounds(match)
    sides = (_bare(match.first), _bare(match.second))
    pieces = compared_in(article.text, *sides, context=CONTEXT, longest=LONGEST_QUOTE)
    title = title_or_number(article.title, article.id)
    return Disagreement(article.id, title, f"{start}-{end}", match.kind, people, _labels(match), pieces)


def _bare(mention: Mention | None) -> tuple[int, int, str] | None:
    return mention[:3] if mention else None
