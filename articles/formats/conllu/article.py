"""One article of a file, gathered sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from articles.domain.spans import Span
from articles.formats.base import Found, ParsedArticle, Problem, Tokens
from articles.formats.common.limits import MAX_TEXT
from articles.formats.common.tag_schemes import REPAIRED, ill_formed
from articles.formats.common.text import BadText, problem_with_text
from articles.formats.conllu.sentence import Sentence, parse_sentence
from articles.formats.conllu.sheet import ConlluLayout
from articles.formats.conllu.spaces import agrees, gaps_after, spaces_before

MAX_LINES = 50 * MAX_TEXT  # characters of all lines together
DIFFERS = "# text that differs from its tokens"
_TOO_LONG = f"The article has more than {MAX_TEXT:,} characters. Choose how many sentences make an article."


class ConlluArticle:
    def __init__(
        self, file: str, line: int, layout: ConlluLayout, external_id: str, *, is_annotated: bool
    ) -> None:
        self._file = file
        self._line = line
        self._layout = layout
        self._external_id = external_id
        self._is_annotated = is_annotated
        self._pieces: list[str] = []
        self._length = 0
        self._last_gap: str | None = None
        self._bounds: list[tuple[int, int]] = []
        self._starts: list[int] = []
        self._spans: list[Span] = []
        self._lines: list[str] = []
        self._size = 0
        self._is_sound = True
        self._dropped: Counter[str] = Counter()

    def add(self, lines: Sequence[str], line: int) -> None:
        """Take the lines of a sentence; `line` is the number of the first. Raises BadText with the line: then
        there is no article, but further sentences are checked."""
        try:
            sentence = parse_sentence(lines, line, self._layout.columns, self._layout.scheme)
            if self._is_sound:
                self._add(sentence)
            if self._length > MAX_TEXT or self._size > MAX_LINES:
                raise BadText(_TOO_LONG, line)
        except BadText:
            self._is_sound = False
            self._length = self._size = 0
            raise

    def found(self) -> Iterator[Found]:
        if not self._is_sound:
            return
        text = "".join(self._pieces)
        if problem := problem_with_text(text):
            yield Problem(self._file, self._line, problem)
            return
        layout = self._layout.kept(self._lines)
        yield ParsedArticle(
            text=text,
            file=self._file,
            line=self._line,
            external_id=self._external_id,
            metadata={"file": self._file},
            spans=tuple(self._spans),
            tokens=Tokens(tuple(self._bounds), tuple(self._starts), layout=layout),
            dropped=dict(+self._dropped),
            is_annotated=self._is_annotated,
        )

    def _add(self, sentence: Sentence) -> None:
        self._write(self._gap_before(sentence))
        self._starts.append(len(self._bounds))
        text = sentence.comments.get("text", "")
        gaps = gaps_after(sentence.forms, sentence.miscs, text)
        for form, gap in zip(sentence.forms, gaps, strict=True):
            self._bounds.append((self._length, self._length + len(form)))
            self._write(form + (gap or ""))
        self._last_gap = gaps[-1]
        self._add_spans(sentence)
        self._lines.append("".join(sentence.lines))
        self._size += len(self._lines[-1])
        self._dropped[DIFFERS] += bool(text) and not agrees(text, sentence.forms)
        self._dropped[REPAIRED] += ill_formed(sentence.tags, self._layout.scheme)

    def _gap_before(self, sentence: Sentence) -> str:
        if not self._starts:
            return spaces_before(sentence.miscs[0])
        if sentence.says("newpar"):
            return "" if self._last_gap else "\n\n"
        return "\n" if self._last_gap is None else ""

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _add_spans(self, sentence: Sentence) -> None:
        first = self._starts[-1]
        for start, end, label in sentence.mentions:
            place = self._bounds[first + start][0], self._bounds[first + end - 1][1]
            self._spans.append(Span(UUID(int=len(self._spans) + 1), *place, label))
