"""Tags of tokens: which spans they mean, and how a scheme writes spans as tags.

A tag is `O`, or a letter, a hyphen and a label (`B-PER`). What tags mean is the same in every scheme, as in
`conlleval` (Tjong Kim Sang, CoNLL-2000): a span begins at B, S, U or W, after a span of another label, and
where none is open; it goes on until the next begins, until O, and after E, L, S, U or W. So every sequence of
tags means spans; one that its scheme would not write itself is ill-formed, and is read all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

MAX_LABEL = 64
REPAIRED = "ill-formed tags, read as conlleval reads them"  # what a report calls them
OUTSIDE = "O"
# First token, one past the last token, label.
Mention = tuple[int, int, str]
# Letter and label; both are empty outside of spans, the letter also in tags that are labels only.
Tag = tuple[str, str]
# Of a token within its span: whether it begins and ends it, and whether the span touches one of its label.
Position = tuple[bool, bool, bool]

NO_TAG: Tag = ("", "")

_LETTER_AND_LABEL = re.compile(r"([BIMELSUW])-(.+)", re.DOTALL)
_BEGINS, _ENDS = frozenset("BSUW"), frozenset("ELSUW")


@dataclass(frozen=True, slots=True)
class Scheme:
    """The letters of a span's only token, its first, those within and its last; `again` is the first one's
    where a span of the same label ends right before, if that differs."""

    single: str
    begin: str
    inside: str
    end: str
    again: str = ""

    def letter(self, begins: bool, ends: bool, touches: bool) -> str:
        if begins and touches and self.again:
            return self.again
        if begins:
            return self.single if ends else self.begin
        return self.end if ends else self.inside


# Where a file fits several, the first is meant: IO before IOB1, which differs only where spans touch.
SCHEMES = {
    "iob2": Scheme("B", "B", "I", "I"),
    "io": Scheme("I", "I", "I", "I"),
    "iob1": Scheme("I", "I", "I", "I", again="B"),
    "iobes": Scheme("S", "B", "I", "E"),
    "bilou": Scheme("U", "B", "I", "L"),
    "bmes": Scheme("S", "B", "M", "E"),
    "bmewo": Scheme("W", "B", "M", "E"),
    "labels": Scheme("", "", "", ""),
}
# These write spans of one label that touch as one.
MERGING = ("io", "labels")
TITLES = {
    "iob2": "IOB2: B begins every span",
    "iob1": "IOB1: B only where two spans touch",
    "io": "IO: no B",
    "iobes": "IOBES: S alone, B begins, E ends",
    "bilou": "BILOU: U alone, B begins, L ends",
    "bmes": "BMES: as IOBES, M within",
    "bmewo": "BMEWO: W alone, M within",
    "labels": "labels without a letter",
}


class BadTag(ValueError):
    """What stands in the column of tags and is none. The text is the reason."""


@lru_cache(maxsize=4096)
def parse_tag(word: str, scheme: str = "") -> Tag:
    """Letter and label of a tag. Raises BadTag."""
    if word == OUTSIDE:
        return NO_TAG
    if scheme == "labels":
        letter, label = "", word
    elif found := _LETTER_AND_LABEL.fullmatch(word):
        letter, label = found[1], found[2]
    else:
        raise BadTag(f"{word!r:.60} is no tag: tags are O, or a letter and a label as in B-PER.")
    if not 0 < len(label) <= MAX_LABEL:
        raise BadTag(f"The label of a tag has 1 to {MAX_LABEL} characters.")
    return letter, label


def is_tag(word: str, scheme: str = "") -> bool:
    try:
        parse_tag(word, scheme)
    except BadTag:
        return False
    return True


def mentions_of(tags: Sequence[Tag]) -> list[Mention]:
    """The spans that the tags of one sentence mean, in order."""
    found: list[Mention] = []
    is_open, label_before = False, ""
    for place, (letter, label) in enumerate(tags):
        if label:
            goes_on = is_open and label == label_before and letter not in _BEGINS
            start = found.pop()[0] if goes_on else place
            found.append((start, place + 1, label))
        is_open, label_before = bool(label) and letter not in _ENDS, label
    return found


def tags_of(mentions: Iterable[Mention], length: int, scheme: str) -> list[str]:
    """The tags of one sentence of `length` tokens. `mentions` are in order and do not overlap."""
    tags = [OUTSIDE] * length
    letter = SCHEMES[scheme].letter
    for start, end, label, touches in _with_touching(mentions):
        tags[start:end] = [_tag(letter(False, False, touches), label)] * (end - start)
        tags[end - 1] = _tag(letter(end - start == 1, True, touches), label)
        if end - start > 1:
            tags[start] = _tag(letter(True, False, touches), label)
    return tags


def ill_formed(tags: Sequence[Tag], scheme: str) -> int:
    """How many tags of a sentence the scheme would write differently for the spans that they mean."""
    letter = SCHEMES[scheme].letter
    return sum(tags[place][0] != letter(*at) for place, _, at in _positions(mentions_of(tags)))


def touching(mentions: Sequence[Mention]) -> int:
    """How often a span begins where one of the same label ends: IO writes the two as one."""
    return sum(begins and touches for _, _, (begins, _, touches) in _positions(mentions))


class SchemeEvidence:
    """Recognises the scheme of a file: the one that would write the fewest of its tags differently."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, Position]] = Counter()

    def add(self, tags: Sequence[Tag]) -> None:
        """Take note of the tags of one sentence."""
        self._seen.update((tags[place][0], at) for place, _, at in _positions(mentions_of(tags)))

    @property
    def has_spans(self) -> bool:
        return bool(self._seen)

    def scheme(self) -> str:
        return min(SCHEMES, key=self._mistakes)

    def _mistakes(self, name: str) -> int:
        return sum(count for (letter, at), count in self._seen.items() if letter != SCHEMES[name].letter(*at))


def _tag(letter: str, label: str) -> str:
    return f"{letter}-{label}" if letter else label


def _positions(mentions: Iterable[Mention]) -> Iterator[tuple[int, str, Position]]:
    """Each token of each span, with the span's label and the token's position in it."""
    for start, end, label, touches in _with_touching(mentions):
        for place in range(start, end):
            yield place, label, (place == start, place == end - 1, touches)


def _with_touching(mentions: Iterable[Mention]) -> Iterator[tuple[int, int, str, bool]]:
    """Each span, and whether one of its label ends where it begins."""
    end_before, label_before = -1, ""
    for start, end, label in mentions:
        yield start, end, label, start == end_before and label == label_before
        end_before, label_before = end, label
