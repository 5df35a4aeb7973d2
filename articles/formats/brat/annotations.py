"""The lines of an `.ann` file: `ID<TAB>what it says<TAB>text`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from articles.domain.spans import Fragment
from articles.formats.base import Remark, Talk
from articles.formats.common.limits import MAX_COMMENT, MAX_SPANS
from articles.formats.common.standoff import COREFERENCE, LINK, Draft, joined
from articles.formats.common.text import BadText

EQUIVALENCE = "Equiv"
MAX_LINES = 2 * MAX_SPANS
_WHITE_SPACE = re.compile(r"\s+")
_PIECES = re.compile(r"[0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*")
# Where brat's own reader ends a line, so that no span of an .ann file runs across one of these.
BREAKS = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    id: str
    body: str
    tail: str

    def refuse(self, reason: str) -> BadText:
        return BadText(f"{self.id!r:.40}: {reason}", self.number)


class Annotations:
    """Reads an `.ann` file into a draft; notes become `talks`. Raises BadText with the line."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._notes = defaultdict[str, list[Remark]](list)
        # The span that each annotation is about: an event's trigger, a relation's source ...
        self._spans: dict[str, str] = {}
        self._of_relations: dict[str, dict[str, Any]] = {}

    def read(self, lines: Iterable[tuple[int, str]]) -> None:
        """Lines may name what only comes further down, so each kind waits for those that it can name."""
        kinds = defaultdict[str, list[_Line]](list)
        for count, (number, content) in enumerate((one for one in lines if one[1].strip()), start=1):
            if count > MAX_LINES:
                raise BadText(f"An .ann file has at most {MAX_LINES:,} lines.", number)
            line = _split(number, content)
            kinds[line.id[0]].append(line)
        self._of_relations = {line.id: {} for line in kinds["R"]}
        for kind, take in (
            ("T", self._take_span),
            ("E", self._take_trigger),
            ("E", self._take_roles),
            ("A", self._take_attribute),
            ("M", self._take_attribute),
            ("R", self._take_relation),
            ("*", self._take_equivalence),
            ("N", self._take_link),
            ("#", self._take_note),
        ):
            for line in kinds[kind]:
                take(line)

    @property
    def talks(self) -> tuple[Talk, ...]:
        """The notes, one thread a span."""
        spans = [(self._draft.spans[name], notes) for name, notes in self._notes.items()]
        return tuple(Talk(tuple(notes), span.start, span.end, span.id) for span, notes in spans)

    def _take_span(self, line: _Line) -> None:
        label, _, places = line.body.partition(" ")
        if not _PIECES.fullmatch(places):
            raise line.refuse('A span is written "T1", tab, "Type 0 5", tab and its words.')
        pairs = (pair.split(" ") for pair in places.split(";"))
        text = self._draft.text
        pieces = joined(((int(start), int(end)) for start, end in pairs), lambda *gap: is_cut(text, *gap))
        self._draft.add_span(line.id, label, pieces, line.number)
        if line.tail and not _says(line.tail.partition("\t")[0], pieces, text):
            words = " ... ".join(text[start:end] for start, end in pieces)
            raise line.refuse(f"It says {line.tail.rstrip()!r:.80}, but the text has {words!r:.80}.")
        self._spans[line.id] = line.id

    def _take_trigger(self, line: _Line) -> None:
        trigger = _argument(line, line.body.split(" ")[0])[1]
        self._set_span(line, trigger)

    def _take_roles(self, line: _Line) -> None:
        roles = [_argument(line, word) for word in line.body.split()[1:]]
        names = {role for role, _ in roles}
        for role, target in roles:
            plain = role.rstrip("0123456789")
            kind = plain if plain in names else role
            self._draft.relate(kind, self._spans[line.id], self._span_of(line, target), line.number)

    def _take_relation(self, line: _Line) -> None:
        kind, *arguments = line.body.split()
        if len(arguments) != 2:
            raise line.refuse('A relation is written "R1", tab, "Type Arg1:T1 Arg2:T2".')
        source, target = (self._span_of(line, _argument(line, word)[1]) for word in arguments)
        self._draft.relate(kind, source, target, line.number, self._of_relations[line.id])
        self._set_span(line, source)

    def _take_equivalence(self, line: _Line) -> None:
        kind, *names = line.body.split()
        spans = [self._span_of(line, name) for name in names]
        self._draft.chain(COREFERENCE if kind == EQUIVALENCE else kind, spans, line.number)

    def _take_attribute(self, line: _Line) -> None:
        name, _, rest = line.body.partition(" ")
        target, _, word = rest.strip().partition(" ")
        value = {"": True, "true": True, "false": False}.get(word.strip(), word.strip())
        if target in self._of_relations:
            self._of_relations[target].setdefault(name, value)
        else:
            self._draft.set_attribute(self._span_of(line, target), name, value)
            self._set_span(line, target)

    def _take_link(self, line: _Line) -> None:
        words = line.body.split()
        if len(words) != 3:
            raise line.refuse('A normalization is written "N1", tab, "Reference T1 Wikipedia:1234".')
        self._draft.set_attribute(self._span_of(line, words[1]), LINK, words[2])
        self._set_span(line, words[1])

    def _take_note(self, line: _Line) -> None:
        target, words = line.body.rpartition(" ")[2], line.tail.strip()
        span = self._spans.get(target, "")
        if span not in self._draft.spans or not words:
            self._draft.dropped["notes that are not on an annotation"] += 1
        elif len(words) > MAX_COMMENT:
            raise line.refuse(f"A note has at most {MAX_COMMENT:,} characters.")
        else:
            self._notes[span].append(Remark("", words))

    def _set_span(self, line: _Line, target: str) -> None:
        if line.id in self._spans:
            raise line.refuse("This id is there twice.")
        self._spans[line.id] = self._span_of(line, target)

    def _span_of(self, line: _Line, name: str) -> str:
        if name not in self._spans:
            raise line.refuse(f"There is no annotation {name!r:.40}.")
        return self._spans[name]


def _split(number: int, content: str) -> _Line:
    id_, tab, rest = content.partition("\t")
    body, _, tail = rest.partition("\t")
    if not tab or id_[:1] not in set("TEARMN*#"):
        raise BadText("A line is an id that begins with T, R, E, A, M, N, * or #, a tab, and more.", number)
    if not body.strip():
        raise BadText(f"{id_!r:.40} says nothing.", number)
    return _Line(number, id_, body.strip(), tail)


def _argument(line: _Line, word: str) -> tuple[str, str]:
    role, colon, target = word.partition(":")
    if not colon or not role:
        raise line.refuse(f'An argument is written "Role:T1", not {word!r:.40}.')
    return role, target


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether this gap is where brat cuts a span that runs on: white space with a line break or tab."""
    return bool(_WHITE_SPACE.fullmatch(text, start, end)) and not BREAKS.isdisjoint(text[start:end])


def _says(words: str, pieces: list[Fragment], text: str) -> bool:
    """Whether the words are those of the pieces, as far as white space goes: line breaks are written as
    spaces, and older versions of brat put no space between the pieces."""
    if sum(end - start for start, end in pieces) > 2 * len(words) + 100:
        return False
    surface = "".join(text[start:end] for start, end in pieces)
    return "".join(words.split()) == "".join(surface.split())
