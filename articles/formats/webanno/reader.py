"""Reading a file of WebAnno TSV: header, sentences and rows."""

from __future__ import annotations

from collections.abc import Iterator

from articles.formats.base import Found, Option, Reader, Tokens
from articles.formats.common.offsets import UTF16, from_unit
from articles.formats.common.reading import told
from articles.formats.common.source import Source
from articles.formats.common.standoff import Draft
from articles.formats.common.text import BadText
from articles.formats.webanno.annotations import Annotations
from articles.formats.webanno.body import TEXT, Row, Text, row_of
from articles.formats.webanno.header import FORMAT, Layer, layer_of, version_of

WEBANNO = "webanno"


class WebAnnoReader(Reader):
    format = WEBANNO
    title = "WebAnno TSV 3 (WebAnno, INCEpTION)"
    extensions = (".tsv",)
    options = (
        Option(
            "label",
            "The label of a span",
            help="The name of the feature that holds it. Empty: value, or the only feature of a layer.",
        ),
    )
    help = "Upload a .tsv, or a zip of them. Each is an article."

    def recognises(self, file: Source) -> bool:
        return file.head.startswith(FORMAT.encode())

    def read(self, file: Source) -> Iterator[Found]:
        return told(file, self._article(file))

    def _article(self, file: Source) -> Iterator[Found]:
        document = _Document(self.chosen["label"].strip())
        for number, line in file.text_lines():
            document.take(line.rstrip("\r\n"), number)
        draft, tokens = document.finished()
        yield draft.article(file.name, metadata={"file": file.name}, tokens=tokens)


class _Document:
    """A file as it is read, line by line."""

    def __init__(self, label_feature: str) -> None:
        self._layers: list[Layer] = []
        self._width = 0
        self._text = Text()
        self._annotations = Annotations(self._layers, label_feature)

    def take(self, line: str, number: int) -> None:
        """Raises BadText."""
        if number == 1:
            self._text.version = version_of(line)
        elif line.startswith(TEXT):
            self._text.add_line(line.removeprefix(TEXT), number)
        elif line.startswith("#FORMAT="):
            raise BadText("Here begins another document. Put each into a file of its own.", number)
        elif line.startswith("#T_") and not self._text.is_begun:
            self._layers.append(layer_of(line, self._width, number))
            self._width += len(self._layers[-1].columns)
        elif not line.strip():
            self._text.end_sentence()
        elif not line.startswith("#"):  # as the id of a sentence does, and what later versions may add
            self._take_row(row_of(line, number, self._width))

    def finished(self) -> tuple[Draft, Tokens]:
        """Raises BadText."""
        self._text.end()
        draft = Draft(self._text.whole())
        convert = from_unit(draft.text, UTF16)
        self._annotations.add_to(draft, convert)
        bounds = tuple((convert(begin), convert(end)) for begin, end in self._text.bounds)
        return draft, Tokens(bounds, tuple(self._text.sentences), layout={"format": WEBANNO})

    def _take_row(self, row: Row) -> None:
        if row.is_token:
            self._text.add_token(row)
        self._annotations.take(row)
