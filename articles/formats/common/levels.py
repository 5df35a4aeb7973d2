"""Nested spans for formats that hold one level: one file for each level, the outermost spans in the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from articles.formats.base import StoredArticle, spans_of
from articles.formats.common.flat import levels_of


class Levels:
    """Articles with the spans of one level, counted from 0; without a number, once for each level they have.

    Once they have been read, `articles` says how many they were, `depth` how many levels they have, and
    `lost` how many relations lead from one level to another, which no file holds.
    """

    def __init__(self, rows: Iterable[StoredArticle], number: int | None = None) -> None:
        self.articles = 0
        self.depth = 1
        self.lost = 0
        self._rows = rows
        self._number = number

    def __iter__(self) -> Iterator[StoredArticle]:
        for row in self._rows:
            levels = {str(id_): level for id_, level in levels_of(spans_of(row.spans)).items()}
            depth = 1 + max(levels.values(), default=0)
            self.articles += 1
            self.depth = max(self.depth, depth)
            self.lost += sum(levels.get(one[2], 0) != levels.get(one[3], 0) for one in row.relations)
            for number in range(depth) if self._number is None else (self._number,):
                yield _on_level(row, levels, number)


def _on_level(row: StoredArticle, levels: Mapping[str, int], number: int) -> StoredArticle:
    """Spans with gaps are on no level, and labels belong to the whole: they stand in the first file, where
    they are written or counted once."""
    spans = [one for one in row.spans if levels.get(one[0], 0) == number]
    ids = {one[0] for one in spans}
    return row._replace(
        spans=spans,
        relations=[one for one in row.relations if one[2] in ids and one[3] in ids],
        labels=row.labels if number == 0 else [],
    )
