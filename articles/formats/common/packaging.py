"""An export as one file: what its format writes, or a zip of several such files with the report beside them.

There are several when articles are dealt out to parts (train, dev, test), when the spans of a flat format go
to one file a level, or both. Articles are read again for each file, so that none needs to be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import orjson

from articles.formats.base import FolderWriter, LossReport, StoredArticle, Writer
from articles.formats.common.archive import Content, zip_pieces
from articles.formats.common.flat import LEVELS, OVERLAP
from articles.formats.common.json_records import PIECE_BYTES
from articles.formats.common.levels import Levels

WHOLE = ""  # the part that is all articles


class Rows(Protocol):
    def __call__(self, part: str, *, with_text: bool = True) -> Iterable[StoredArticle]:
        """The articles of a part in their order: from the first one, at each call."""


@dataclass
class Package:
    """`name` is the file's without its ending; `notes` are further files of a zip, as bytes or in pieces.
    `reports` says by part what was written, as far as it has been."""

    name: str
    new_writer: Callable[[], Writer]
    rows: Rows
    parts: tuple[str, ...] = (WHOLE,)
    notes: Mapping[str, Content] = field(default_factory=dict)
    zipped: bool = False
    reports: dict[str, LossReport] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        writer = self.new_writer()
        self.has_levels = writer.chosen.get(OVERLAP.name) == LEVELS
        is_folder = isinstance(writer, FolderWriter)
        self.is_zip = self.zipped or is_folder or self.has_levels or self.parts != (WHOLE,)
        self.content_type = FolderWriter.content_type if self.is_zip else writer.content_type
        self.has_own_report = is_folder
        self.foretells = self.has_levels or type(writer).survey is not Writer.survey
        ending = writer.extension if is_folder or not self.is_zip else f"{writer.extension}.zip"
        self.file_name = self.name + ending

    def pieces(self) -> Iterator[bytes]:
        """The file as it is sent."""
        if self.is_zip:
            return _gathered(zip_pieces(self._entries()))
        writer = self.new_writer()
        self.reports[WHOLE] = writer.report
        return _gathered(writer.write_stored(self.rows(WHOLE)))

    def files(self) -> Iterator[tuple[str, Content]]:
        """The files of data: name and content, which is to be read before the next one is asked for."""
        for part in self.parts:
            self.reports[part] = LossReport()
            yield from self._files_by_level(part) if self.has_levels else self._files(part, self.rows(part))

    def report(self) -> LossReport:
        """What all parts together hold and lack, as far as they are written."""
        return summed(self.reports.values())

    def foretold(self) -> LossReport | None:
        """What would be written and what not, without writing it. None when nothing is lost, or when the
        format finds that out only as it writes."""
        writer = self.new_writer()
        rows = self.rows(WHOLE, with_text=False)
        if self.has_levels:
            return _foretold_by_level(writer, rows)
        return writer.survey(row.article() for row in rows)

    def survey(self) -> LossReport:
        """The same for every format: if need be everything is written, and thrown away."""
        found = self.foretold()
        if found is not None:
            return found
        writer = self.new_writer()
        for _ in writer.write_stored(self.rows(WHOLE)):
            pass
        return writer.report

    def _entries(self) -> Iterator[tuple[str, Content]]:
        yield from self.files()
        yield "report.json", self._report_file()
        yield from self.notes.items()

    def _files_by_level(self, part: str) -> Iterator[tuple[str, Content]]:
        number, depth = 0, 1
        while number < depth:
            levels = Levels(self.rows(part), number)
            yield from self._files(part, levels, f"level-{number + 1}")
            if number == 0:
                self.reports[part].drop("relations", levels.lost)
            number, depth = number + 1, levels.depth

    def _files(
        self, part: str, rows: Iterable[StoredArticle], level: str = ""
    ) -> Iterator[tuple[str, Content]]:
        writer = self.new_writer()
        if isinstance(writer, FolderWriter):
            folder = "".join(f"{name}/" for name in (part, level) if name)
            files = writer.files(row.article() for row in rows)
            yield from ((folder + name, content) for name, content in files)
        else:
            name = "-".join(name for name in (part or self.name, level) if name)
            yield name + writer.extension, writer.write_stored(rows)
        self._count(part, writer.report)

    def _count(self, part: str, report: LossReport) -> None:
        """Each level shows the same articles again."""
        articles = max(self.reports[part].articles, report.articles)
        self.reports[part] = summed((self.reports[part], report))
        self.reports[part].articles = articles

    def _report_file(self) -> bytes:
        parts = {part: report.told() for part, report in self.reports.items() if part != WHOLE}
        told = {**self.report().told(), **({"parts": parts} if parts else {})}
        return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def summed(reports: Iterable[LossReport]) -> LossReport:
    whole = LossReport()
    for report in reports:
        whole.articles += report.articles
        whole.spans_written += report.spans_written
        for reason, count in report.dropped.items():
            whole.drop(reason, count)
    return whole


def _foretold_by_level(writer: Writer, rows: Iterable[StoredArticle]) -> LossReport | None:
    levels = Levels(rows)
    found = writer.survey(row.article() for row in levels)
    if found is not None:
        found.articles = levels.articles
        found.drop("relations", levels.lost)
    return found


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of some size: to send one costs the same whether it is small or large."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= PIECE_BYTES:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)
