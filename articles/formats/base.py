"""The contract of a format: bytes in, articles or problems out; articles in, bytes out. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from articles.domain.spans import Relation, Span


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something of an input cannot be taken. `line` counts from 1; None means the whole file."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line is not None else self.file
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article as read from an input. `text` is exact; `metadata` is free JSON besides the named fields."""

    text: str
    file: str
    line: int | None = None
    title: str = ""
    published_on: date | None = None
    source: str = ""
    dateline: str = ""
    byline: str = ""
    language: str = ""
    url: str = ""
    external_id: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportArticle:
    """An article with one layer, ready to be written. `metadata` holds the named fields and the free ones."""

    id: int
    external_id: str
    text: str
    metadata: Mapping[str, Any]
    spans: tuple[Span, ...]
    relations: tuple[Relation, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass
class LossReport:
    """What a format could not carry: counts by reason, for the header or sidecar of an export."""

    articles: int = 0
    spans_written: int = 0
    dropped: dict[str, int] = field(default_factory=dict)

    def drop(self, reason: str, count: int = 1) -> None:
        if count:
            self.dropped[reason] = self.dropped.get(reason, 0) + count

    def sentence(self) -> str:
        """One line for a person: what is in the file and what is not."""
        lost = "; ".join(f"{count} {reason}" for reason, count in sorted(self.dropped.items()))
        return f"{self.articles} articles, {self.spans_written} spans written; dropped: {lost or 'nothing'}."


class Reader:
    """Reads one uploaded file. `name` is the file's name as data, never a path to write to."""

    format: ClassVar[str]
    title: ClassVar[str]
    extensions: ClassVar[tuple[str, ...]]

    def recognises(self, name: str, content: bytes) -> bool:
        """Whether the content is surely of this format. Formats that cannot tell are found by the name."""
        return False

    def read(self, name: str, content: bytes) -> Iterator[ParsedArticle | Problem]:
        """Articles and problems in file order. Never raises for bad content: it yields a Problem."""
        raise NotImplementedError(self.format)


class Writer:
    """Writes articles as a stream of bytes; `report` is complete when the stream has ended."""

    format: ClassVar[str]
    title: ClassVar[str]
    extension: ClassVar[str]
    content_type: ClassVar[str]

    def __init__(self) -> None:
        self.report = LossReport()

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport | None:
        """What will be written and what not, told before writing; the articles' texts may be empty here.

        None when the file itself holds the report, or loses nothing.
        """
        return None

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        """The file, piece by piece."""
        raise NotImplementedError(self.format)
