"""The contract of a format: files in, articles or problems out; articles in, files out. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import orjson

from annotator.schemas.definition import Definition
from articles.domain.spans import Relation, Span
from articles.formats.common.archive import Content, zip_pieces
from articles.formats.common.source import Source

LONGEST_SHOWN = 150  # characters of a file's name
REPORT = "report.json"  # the file of an exported zip that says what is not in it
CARD = "README.md"  # what a folder of data says of itself; no article


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something of an input cannot be taken. `line` counts from 1; None means the whole file."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        file = shown_name(self.file)
        place = f"{file}, line {self.line}" if self.line is not None else file
        return f"{place}: {self.reason}"


def shown_name(name: str) -> str:
    """The name of a file for a sentence: on one line, in the order of reading, and not too long."""
    printable = "".join(sign if sign.isprintable() else "\ufffd" for sign in name)
    return printable if len(printable) <= LONGEST_SHOWN else f"…{printable[-LONGEST_SHOWN:]}"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens that an input came with, kept so that the same file can be written again.

    `bounds` are `[start, end)` in code points, in reading order; `sentences` the number of the first token of
    each sentence; `columns` further values by the column's name, one a token; `layout` what else the format
    needs to give the file back (separator, order of columns, lines between sentences ...), as JSON.
    """

    bounds: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...] = (0,)
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    layout: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One more author's layer: `author` is `gold`, `user:NAME` or `engine:NAME`."""

    author: str
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    labels: tuple[str, ...] = ()
    edits: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: `author` is a username, `created_at` an ISO 8601 time or empty."""

    author: str
    text: str
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A thread of comments on the words `[start, end)`, or on the article when both are None."""

    remarks: tuple[Remark, ...]
    start: int | None = None
    end: int | None = None
    span: UUID | None = None
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article as read from an input. `text` is exact; `metadata` is free JSON besides the named fields.

    `spans`, `relations` and `labels` are the reading that goes to the layer chosen for the import; `readings`
    are layers that the input itself names. `is_annotated` says that somebody has looked for spans, so that
    none is a reading too. `dropped` counts what the input holds and Annotator cannot, by reason, for the
    report.
    """

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
    readings: tuple[Reading, ...] = ()
    talks: tuple[Talk, ...] = ()
    tokens: Tokens | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)
    is_annotated: bool = False

    @property
    def has_reading(self) -> bool:
        """Whether there is something for the layer that was chosen."""
        return bool(self.spans or self.labels or self.is_annotated)


Found = ParsedArticle | Problem


@dataclass(frozen=True, slots=True)
class ExportArticle:
    """An article with one layer, ready to be written. `metadata` holds the named fields and the free ones,
    as JSON: a date is text.

    `tokens` are there when the writer asks for them (`wants_tokens`); `readings` when every layer is
    exported, then `spans`, `relations` and `labels` are those of gold, or empty; `talks` when comments are.
    """

    id: int
    external_id: str
    text: str
    metadata: Mapping[str, Any]
    spans: tuple[Span, ...]
    relations: tuple[Relation, ...] = ()
    labels: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    talks: tuple[Talk, ...] = ()
    tokens: Tokens | None = None


class StoredArticle(NamedTuple):
    """An article as the database gives it. Making spans of its lists costs more than all the rest of an
    export, so formats that write what is there do without.

    `spans` are lists `[id, start, end, label, fragments, attributes, confidence]` in reading order,
    `relations` lists `[id, type, source, target, attributes]`; ids are text.
    """

    id: int
    external_id: str
    text: str
    metadata: dict[str, Any]
    spans: list[list[Any]]
    relations: list[list[Any]]
    labels: list[str]
    readings: tuple[Reading, ...] = ()
    talks: tuple[Talk, ...] = ()
    tokens: Tokens | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is one layer and nothing besides."""
        return not (self.readings or self.talks or self.tokens)

    def article(self) -> ExportArticle:
        return ExportArticle(
            self.id,
            self.external_id,
            self.text,
            self.metadata,
            spans_of(self.spans),
            relations_of(self.relations),
            tuple(self.labels),
            self.readings,
            self.talks,
            self.tokens,
        )


def spans_of(rows: Iterable[Sequence[Any]]) -> tuple[Span, ...]:
    """Spans of lists as StoredArticle has them."""
    return tuple(
        Span(UUID(id_), start, end, label, tuple((a, b) for a, b in pieces), attributes, confidence)
        for id_, start, end, label, pieces, attributes, confidence in rows
    )


def relations_of(rows: Iterable[Sequence[Any]]) -> tuple[Relation, ...]:
    return tuple(
        Relation(UUID(id_), kind, UUID(source), UUID(target), attributes)
        for id_, kind, source, target, attributes in rows
    )


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

    def told(self) -> dict[str, Any]:
        """The counts with the sentence, as JSON has them."""
        return {"sentence": self.sentence(), **vars(self)}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a reader or writer offers: the first of `choices` (value, title) is taken when none is
    made. Pages, forms and the API are made from it. Without `choices`, any short text is taken."""

    name: str
    title: str
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""

    @property
    def default(self) -> str:
        return self.choices[0][0] if self.choices else ""


class BadOption(ValueError):
    """An option that a format does not have, or not with this value. The text is the reason."""


def chosen_of(options: Sequence[Option], given: Mapping[str, str], title: str) -> dict[str, str]:
    """Every option's value: what was given, else its default. Raises BadOption."""
    known = {one.name: one for one in options}
    unknown = sorted(given.keys() - known.keys())
    if unknown:
        raise BadOption(f"{title} has no option {', '.join(unknown)}.")
    for name, value in given.items():
        values = [choice for choice, _ in known[name].choices]
        if values and value not in values:
            raise BadOption(f"{name} is one of {', '.join(values)}.")
    return {name: given.get(name, one.default) for name, one in known.items()}


class Reader:
    """Reads uploaded files. A file's name is data, never a path to write to.

    Most formats are read file by file: they define `read`. A format whose files belong together (a text and
    its annotations) names the endings of the others in `companions` and defines `read_together`.
    """

    format: ClassVar[str]
    title: ClassVar[str]
    extensions: ClassVar[tuple[str, ...]]
    companions: ClassVar[tuple[str, ...]] = ()
    options: ClassVar[tuple[Option, ...]] = ()
    help: ClassVar[str] = ""

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        """Raises BadOption."""
        self.chosen = chosen_of(self.options, chosen or {}, self.title)

    def recognises(self, file: Source) -> bool:
        """Whether the content (`file.head`) is surely of this format. Formats that cannot tell are found by
        the name."""
        return False

    def read(self, file: Source) -> Iterator[Found]:
        """Articles and problems in file order. Never raises for bad content: it yields a Problem."""
        raise NotImplementedError(self.format)

    def read_together(self, files: Sequence[Source]) -> Iterator[Found]:
        """The files of one folder or archive that have this format's extensions and companions."""
        for file in files:
            yield from self.read(file)


class Writer:
    """Writes articles as a stream of bytes; `report` is complete when the stream has ended."""

    format: ClassVar[str]
    title: ClassVar[str]
    extension: ClassVar[str]
    content_type: ClassVar[str]
    options: ClassVar[tuple[Option, ...]] = ()
    wants_tokens: ClassVar[bool] = False
    holds_all_layers: ClassVar[bool] = False
    holds_comments: ClassVar[bool] = False
    holds_history: ClassVar[bool] = False
    help: ClassVar[str] = ""

    def __init__(self, definition: Definition | None = None, chosen: Mapping[str, str] | None = None) -> None:
        """`definition` is the project's label schema, for formats that describe it. Raises BadOption."""
        self.definition = definition or Definition(labels=())
        self.chosen = chosen_of(self.options, chosen or {}, self.title)
        self.report = LossReport()

    def survey(self, articles: Iterable[ExportArticle]) -> LossReport | None:
        """What will be written and what not, told before writing; the articles' texts may be empty here.

        None when the file itself holds the report, or loses nothing.
        """
        return None

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        """The file, piece by piece."""
        raise NotImplementedError(self.format)

    def write_stored(self, articles: Iterable[StoredArticle]) -> Iterator[bytes]:
        """The same file from what the database gives. A format may know a shorter way."""
        return self.write(one.article() for one in articles)


class FolderWriter(Writer):
    """Writes several files. Alone they come as one zip with the report beside them; with train, dev and test
    parts, each part is a folder."""

    extension = ".zip"
    content_type = "application/zip"

    def files(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, Content]]:
        """Each file's name and content, in the order in which they are written. Content in pieces is to be
        read before the next file is asked for."""
        raise NotImplementedError(self.format)

    def write(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        return zip_pieces(self._with_report(articles))

    def _with_report(self, articles: Iterable[ExportArticle]) -> Iterator[tuple[str, Content]]:
        yield from self.files(articles)
        yield REPORT, self.report_file()

    def report_file(self) -> bytes:
        return orjson.dumps(self.report.told(), option=orjson.OPT_INDENT_2)
