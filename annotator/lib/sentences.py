"""What code without Django says, and what workers have kept, in the language of who reads it.

Engines, formats and the domain speak English, and a job keeps what they say. `said` finds the sentence that
such words were made from, among those gathered from the source (`make messages`), and fills in
its translation.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from annotator.lib.gathered import SENTENCES

GAP = re.compile(r"%\((\w+)\)s")
NUMBER = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+\.[0-9]+")
END = re.compile(r"(?<=[.!?…]) ")
LONGEST = 4000
FEWEST_LETTERS = 4


def said(words: str) -> str:
    """These words in the page's language; as they are, where they are no sentence of ours."""
    language = get_language() or "en"
    if language == "en" or not words or len(words) > LONGEST:
        return words
    translated = _said_in(language, str(words))
    return words if translated == words else translated  # as safe as they were


said_later = lazy(said, str)


@lru_cache(maxsize=4096)
def _said_in(language: str, words: str) -> str:
    whole = _translated(words)
    return _by_sentences(words) if whole is None else whole


def _by_sentences(words: str) -> str:
    """Several sentences in one text: the longest beginning that is known, then the rest."""
    ends = [one.start() for one in END.finditer(words)]
    for end in reversed(ends):
        found = _translated(words[:end])
        if found is not None:
            return f"{found} {_by_sentences(words[end + 1 :])}"
    found = _translated(words)
    return words if found is None else found


def _translated(words: str) -> str | None:
    exact = gettext(words)
    if exact != words:
        return exact
    for one in _with_gaps():
        values = one.values_in(words)
        if values and all(map(_may_fill, values.values())):
            return gettext(one.sentence) % {name: _inner(value) for name, value in values.items()}
    return None


def _may_fill(value: str) -> bool:
    """A gap does not swallow the end of a sentence, but for sentences that are known."""
    return not END.search(value) or _translated(value) is not None


def _inner(value: str) -> str:
    """What was filled in may be a number, or a sentence or a noun itself; a name stays."""
    if NUMBER.fullmatch(value):
        return number_format(Decimal(value.replace(",", "")), force_grouping=True)
    return (_translated(value) or value) if " " in value or value in SENTENCES else value


class Gapped:
    """A sentence with gaps, and the words between them."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        pieces = GAP.split(sentence.replace("%%", "%"))
        self.between = [one for one in pieces[::2] if one]
        self.letters = sum(map(str.isalpha, "".join(self.between)))
        self._pattern = re.compile("".join(map(_as_pattern, enumerate(pieces))), re.DOTALL)

    def values_in(self, words: str) -> dict[str, str]:
        """What fills the gaps in these words; nothing where they are not of this sentence."""
        if not all(one in words for one in self.between):
            return {}  # quickly, and whatever the length of the words
        found = self._pattern.fullmatch(words)
        return found.groupdict() if found else {}


def _as_pattern(place: tuple[int, str]) -> str:
    at, piece = place
    return f"(?P<{piece}>.+?)" if at % 2 else re.escape(piece)


@lru_cache(maxsize=1)
def _with_gaps() -> list[Gapped]:
    """Those that say most first."""
    found = [one for one in map(Gapped, filter(GAP.search, SENTENCES)) if one.letters >= FEWEST_LETTERS]
    return sorted(found, key=lambda one: (-one.letters, one.sentence))
