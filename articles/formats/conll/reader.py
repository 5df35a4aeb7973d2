"""CoNLL-2002/2003 and what is like it: a token a line, in columns, one of which holds its tag.

Layout: Tjong Kim Sang (and De Meulder), CoNLL-2002 and CoNLL-2003 shared tasks. Columns are separated by tabs
or by spaces. Blank lines end a sentence; a line that begins with `-DOCSTART-` begins an article. A line that
begins with `# `, stands before a sentence and has no tag where tags stand is a comment, as in MultiCoNER and
GermEval. The scheme of the tags is recognised from the whole file; `tag_schemes` says what tags mean.

There is no text in such a file: it is made from the tokens as `spacing` says. Tokens, the other columns and
all lines between sentences are kept with the article (see `layout`), so that the writer can give the
file back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from articles.formats.base import Found, Option, Problem, Reader
from articles.formats.common.reading import head_lines, told
from articles.formats.common.source import Source
from articles.formats.common.spacing import SPACING
from articles.formats.common.tag_schemes import NO_TAG, BadTag, SchemeEvidence, Tag, is_tag, parse_tag
from articles.formats.common.text import BadText
from articles.formats.common.token_options import AUTO, READ_SCHEME, SENTENCES, number_in
from articles.formats.conll.article import BadRow, ConllArticle
from articles.formats.conll.layout import CONLL, DOCSTART, ConllLayout

MANY_TOKENS = MANY_LINES = LONG_LINE = 10_000
_SEPARATORS = {"tab": "\t", "space": " "}
_COLUMN_HELP = "A number, counted from 1. Empty: the "


class ConllReader(Reader):
    format = CONLL
    title = "CoNLL: a token and its tag a line"
    extensions = (".conll", ".iob", ".iob1", ".iob2", ".bio", ".iobes", ".bioes")
    options = (
        READ_SCHEME,
        Option("tag_column", "Column of the tags", help=f"{_COLUMN_HELP}last."),
        Option("token_column", "Column of the tokens", help=f"{_COLUMN_HELP}first."),
        Option(
            "separator",
            "Columns are separated by",
            ((AUTO, "tabs if there are any, else spaces"), ("tab", "tabs"), ("space", "spaces")),
        ),
        SENTENCES,
        SPACING,
    )
    help = "Tokens, columns and lines are kept, so that an export can give the same file back."

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        super().__init__(chosen)
        self._tag = number_in(self.chosen, "tag_column")
        self._token = number_in(self.chosen, "token_column") or 1
        self._most_sentences = number_in(self.chosen, "sentences")

    def recognises(self, file: Source) -> bool:
        """Every row has a tag in its last column, and there are several, or there is a -DOCSTART-."""
        lines = head_lines(file)
        layout = _layout_of(lines, AUTO)
        rows = [layout.columns(line) for line in lines if not _is_between(line, layout, begins=True)]
        enough = 1 if any(line.startswith(DOCSTART) for line in lines) else 3
        return len(rows) >= enough and all(len(row) > 1 and is_tag(row[-1]) for row in rows)

    def read(self, file: Source) -> Iterator[Found]:
        return told(file, self._articles(file))

    def _layout(self, file: Source) -> ConllLayout:
        """Without a scheme, if that is to be recognised. Raises BadText when the columns do not do."""
        next(file.text_lines(), None)  # raises for what is no text at all
        lines = head_lines(file)
        found = _layout_of(lines, self.chosen["separator"])
        if found.width < 2:
            raise BadText(
                "Most lines do not have two columns, for tokens and tags. Choose what separates them."
            )
        chosen = self.chosen["scheme"]
        scheme = "" if chosen == AUTO else chosen
        layout = replace(found, scheme=scheme, token=self._token - 1, tag=(self._tag or found.width) - 1)
        if max(layout.token, layout.tag) >= layout.width:
            raise BadText(f"Most lines have {layout.width} columns. Choose one of these.")
        if layout.token == layout.tag:
            raise BadText(f"Column {layout.tag + 1} cannot hold both tokens and tags.")
        if not any(_tag_in(line, layout) for line in lines):
            raise BadText(f"Column {layout.tag + 1} has no tags such as O or B-PER. Choose the one that has.")
        return layout

    def _articles(self, file: Source) -> Iterator[Found]:
        layout = self._layout(file)
        evidence = _evidence(file, layout)
        layout = replace(layout, scheme=layout.scheme or evidence.scheme())
        article: ConllArticle | None = None
        between: list[str] = []
        for number, line in file.text_lines():
            begins = article is None or bool(between)
            if _is_between(line, layout, begins=begins):
                _keep(between, line, number)
                continue
            if article is None or self._is_full(article, between):
                if article:
                    after, between = _parted(between)
                    yield from article.found("".join(after))
                spacing, is_annotated = self.chosen["spacing"], evidence.has_spans
                article = ConllArticle(file.name, number, layout, spacing, is_annotated=is_annotated)
            if begins:
                article.begin_sentence("".join(between))
                between = []
            try:
                article.add(line)
            except BadRow as error:
                yield Problem(file.name, number, str(error))
        if article:
            yield from article.found("".join(between))

    def _is_full(self, article: ConllArticle, between: list[str]) -> bool:
        """Whether what comes after these lines belongs to the next article."""
        if any(line.startswith(DOCSTART) for line in between):
            return True
        return bool(between) and article.sentences == self._most_sentences


def _layout_of(lines: list[str], separator: str) -> ConllLayout:
    """Separator, newline and width of most rows; the scheme is not known yet."""
    rows = [line for line in lines if not line.isspace() and not line.startswith(DOCSTART)]
    plain = [line for line in rows if not line.startswith("#")] or rows
    has_tabs = sum("\t" in line for line in plain) * 2 > len(plain)
    newline = "\r\n" if sum(line.endswith("\r\n") for line in lines) * 2 > len(lines) else "\n"
    sign = _SEPARATORS.get(separator, "\t" if has_tabs else " ")
    layout = ConllLayout("", sign, width=0, token=0, tag=-1, newline=newline)
    columns = [layout.columns(line) for line in rows]
    widths = Counter(len(row) for row in columns if not row[0].startswith("#") or is_tag(row[-1]))
    return replace(layout, width=max(widths, key=widths.__getitem__, default=0))


def _evidence(file: Source, layout: ConllLayout) -> SchemeEvidence:
    """What all tags of the file say. Files without any span are such that nobody has annotated yet."""
    evidence = SchemeEvidence()
    tags: list[Tag] = []
    try:
        for _, line in file.text_lines():
            if line.isspace() or len(tags) == MANY_TOKENS:
                evidence.add(tags)
                tags = []
            tags.append(_tag_in(line, layout) or NO_TAG)
    except BadText:
        pass  # It is told where articles are read.
    evidence.add(tags)
    return evidence


def _tag_in(line: str, layout: ConllLayout) -> Tag | None:
    """The tag of a row, or None where there is none: in lines of another kind, and in rows that are wrong."""
    columns = layout.columns(line)
    try:
        return parse_tag(columns[layout.tag], layout.scheme) if len(columns) == layout.width else None
    except BadTag:
        return None


def _is_between(line: str, layout: ConllLayout, *, begins: bool) -> bool:
    """Whether the line is no row. Comments stand only where a sentence `begins`."""
    return line.isspace() or line.startswith(DOCSTART) or (begins and layout.is_comment(line))


def _keep(between: list[str], line: str, number: int) -> None:
    """Add a line to those between two rows. Raises BadText for more than a file can mean by it."""
    if len(between) == MANY_LINES or len(line) > LONG_LINE:
        raise BadText("There is too much between two tokens.", number)
    between.append(line)


def _parted(between: list[str]) -> tuple[list[str], list[str]]:
    """Lines between two articles: blank ones belong to the first, from the first other one to the second."""
    at = next((number for number, line in enumerate(between) if not line.isspace()), len(between))
    return between[:at], between[at:]
