"""Reading CoNLL-U and CoNLL-U Plus, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from articles.formats.base import Found, Option, Problem, Reader
from articles.formats.common.reading import head_lines, told
from articles.formats.common.source import Source
from articles.formats.common.tag_schemes import OUTSIDE, SchemeEvidence
from articles.formats.common.text import BadText
from articles.formats.common.token_options import AUTO, READ_SCHEME, SENTENCES, number_in
from articles.formats.conllu.article import ConlluArticle
from articles.formats.conllu.columns import MISC, STANDARD, Columns, is_tag_name, misc_of, names_in
from articles.formats.conllu.sentence import is_comment, parse_sentence
from articles.formats.conllu.sheet import CONLLU, ConlluLayout

LONGEST_SENTENCE = 2_000_000  # characters of its lines
MAX_ID = 200
_KEYS = ("NE", "NER")
_NEWDOC = re.compile(r"#\s*newdoc\b")
_FIRST_ID = re.compile(r"1\t|1-\d+\t|0\.1\t")
_TAGS = Option(
    "tags",
    "Tags stand in",
    help="The name of a column, or MISC: and a key there, as in MISC:NER. Empty: what is called NE or NER.",
)


class ConlluReader(Reader):
    format = CONLLU
    title = "CoNLL-U and CoNLL-U Plus with a column of entities"
    extensions = (".conllup", ".conllu", ".cupt")
    options = (_TAGS, READ_SCHEME, SENTENCES)
    help = "Lines are kept, so that an export can give the same file back."

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(chosen)
        self._most_sentences = number_in(self.chosen, "sentences")

    def recognises(self, file: Source) -> bool:
        """Its first line names the columns, or its first row has ten and the id of a first word."""
        lines = head_lines(file)
        if names_in(lines[0]):
            return True
        row = next((line for line in lines if not line.startswith("#") and not line.isspace()), "")
        return bool(_FIRST_ID.match(row)) and row.count("\t") == len(STANDARD) - 1

    def read(self, file: Source) -> Iterator[Found]:
        return told(file, self._articles(file))

    def _articles(self, file: Source) -> Iterator[Found]:
        layout = self._layout(file)
        evidence = _evidence(file, layout)
        layout = replace(layout, scheme=layout.scheme or evidence.scheme())
        article: ConlluArticle | None = None
        sentences = 0
        for line, lines in _sentences(file, layout.columns):
            document = _newdoc(lines)
            if article is None or document is not None or sentences == self._most_sentences:
                if article:
                    yield from article.found()
                name = "" if self._most_sentences else document or ""
                article = ConlluArticle(file.name, line, layout, name, is_annotated=evidence.has_spans)
                sentences = 0
            sentences += 1
            try:
                article.add(lines, line)
            except BadText as error:
                yield Problem(file.name, error.line, str(error))
        if article is None:
            raise BadText("There is no word in this file.")
        yield from article.found()

    def _layout(self, file: Source) -> ConlluLayout:
        """Without a scheme, if that is to be recognised. Raises BadText when the columns do not do."""
        lines = head_lines(file)
        names = names_in(lines[0])
        columns = Columns(names or STANDARD)
        if "FORM" not in columns.names or len(set(names)) < len(names):
            raise BadText("The first line names each column once, FORM among them.", 1)
        rows = _rows(lines, columns)
        tag, key = _place_of_tags(columns, self.chosen["tags"].strip(), rows)
        outside = _outside([columns.cell(row, tag) for row in rows], key)
        columns = replace(columns, tag=tag, key=key, outside=outside)
        chosen = self.chosen["scheme"]
        return ConlluLayout(columns, "" if chosen == AUTO else chosen, lines[0] if names else "")


def _place_of_tags(columns: Columns, wanted: str, rows: list[list[str]]) -> tuple[str, str]:
    """The column of the tags, and their key when that is MISC: what is wanted, else what is named like tags.
    Raises BadText."""
    named = wanted or next(filter(is_tag_name, columns.names), "")
    if named in columns.names:
        return named, ""
    column, _, key = wanted.partition(":")
    if wanted and not (column == MISC and key and MISC in columns.names):
        raise BadText(f"There is no column {wanted!r:.40}. There are: {', '.join(columns.names)}.")
    keys = (key for row in rows for key in misc_of(columns.cell(row, MISC)) if key.upper() in _KEYS)
    key = key or next(keys, "")
    return (MISC, key) if key else ("", "")


def _outside(cells: list[str], key: str) -> str:
    """What most words outside of spans have where the tags stand."""
    if key:
        return OUTSIDE if any(misc_of(cell).get(key) == OUTSIDE for cell in cells) else ""
    return max((OUTSIDE, "_", "*"), key=cells.count)


def _evidence(file: Source, layout: ConlluLayout) -> SchemeEvidence:
    """What all tags of the file say. Files without any span are such that nobody has annotated yet."""
    evidence = SchemeEvidence()
    try:
        for line, lines in _sentences(file, layout.columns):
            with suppress(BadText):
                evidence.add(parse_sentence(lines, line, layout.columns, layout.scheme).tags)
    except BadText:
        pass  # It is told where articles are read.
    return evidence


def _rows(lines: list[str], columns: Columns) -> list[list[str]]:
    rows = (line.rstrip("\r\n").split("\t") for line in lines if not is_comment(line, columns))
    return [row for row in rows if len(row) == len(columns.names)]


def _newdoc(lines: Sequence[str]) -> str | None:
    """The id of the document that begins with a sentence, empty when it has none; None when none begins."""
    line = next((line for line in lines if _NEWDOC.match(line)), None)
    return None if line is None else line.partition("=")[2].strip()[:MAX_ID]


def _sentences(file: Source, columns: Columns) -> Iterator[tuple[int, list[str]]]:
    """The number of the first line and the lines of each sentence, with the comments before it and the blank
    lines after. A first line that names the columns is left out. Raises BadText with the line."""
    lines: list[str] = []
    comments: list[str] = []  # those after a closed sentence: they belong to the next, if there is one
    has_rows = is_closed = False
    number = size = 0
    for number, line in file.text_lines():
        size += len(line)
        if size > LONGEST_SENTENCE:
            raise BadText(f"The sentence has more than {LONGEST_SENTENCE:,} characters.", number)
        if number == 1 and names_in(line):
            continue
        if line.isspace():
            (comments or lines).append(line)
            is_closed = has_rows
        elif is_comment(line, columns):
            (comments if is_closed else lines).append(line)
        else:
            if is_closed:
                yield number - len(comments) - len(lines), lines
                lines, comments, size, is_closed = comments, [], 0, False
            lines.append(line)
            has_rows = True
    if has_rows:
        yield number - len(comments) - len(lines) + 1, lines + comments
