"""Quoted mentions, brought back to their places in the text. What is not there gets no place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from articles.domain.spans import Span, reading_order
from articles.engines.gazetteer import is_whole

LONGEST = 300
_QUOTES = "\"'“”„‟«»‘’‚‛`´"
_AROUND = _QUOTES + ".,;:!?()[]… \t\n"
# Letters that a name can go on by where its ending was left out: Алматы in Алматыда.
_SHORTEST_STEM = 3

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """What a model says is there: the words, their label, and which of their occurrences it means, from 1."""

    text: str
    label: str
    occurrence: int = 1


def locate(text: str, mentions: Iterable[Mention]) -> tuple[list[tuple[int, int, str]], int]:
    """Start, end (code points) and label of each mention, in its order; and how many have no place in the
    text that is not taken yet."""
    found, lost = dict[tuple[int, int, str], None](), 0
    for mention in mentions:
        free = [
            (*place, mention.label) if (*place, mention.label) not in found else None
            for place in occurrences(text, mention.text)
        ]
        meant = free[mention.occurrence - 1] if 0 < mention.occurrence <= len(free) else None
        chosen = meant or next(filter(None, free), None)
        if chosen:
            found[chosen] = None
        else:
            lost += 1
    return list(found), lost


def occurrences(text: str, words: str) -> list[Place]:
    """Where the words stand, in order: as they are, else whatever their capitals, spaces and quotes; as whole
    words where there are such, else with an ending."""
    if not words.strip() or len(words) > LONGEST:
        return []
    exact = _places(text, regex.escape(words))
    whole = _whole(text, exact)
    if whole:
        return whole
    for attempt in dict.fromkeys((words.strip(), words.strip(_AROUND))):
        whole = _whole(text, _places(text, _tolerant(attempt))) if attempt else []
        if whole:
            return whole
    stem = len(words.strip()) >= _SHORTEST_STEM
    return [place for place in exact if stem and is_whole(text, place[0], place[0])]


def mentions_of(text: str, spans: Iterable[Span]) -> list[Mention]:
    """How a model would quote these spans, so that `locate` gives them back. Spans with gaps are left out."""
    mentions = []
    for span in sorted(spans, key=reading_order):
        words = text[span.start : span.end]
        places = occurrences(text, words)
        if not span.fragments and (span.start, span.end) in places:
            number = places.index((span.start, span.end)) + 1
            mentions.append(Mention(words, span.label, number))
    return mentions


def _whole(text: str, places: list[Place]) -> list[Place]:
    return [place for place in places if is_whole(text, *place)]


def _places(text: str, pattern: str) -> list[Place]:
    return [match.span() for match in regex.finditer(pattern, text, overlapped=True)]


def _tolerant(words: str) -> str:
    """A pattern without choices that could multiply: each letter, quote or stretch of space in its turn."""
    parts = ("".join(_letter(one) for one in word) for word in words.split())
    return r"(?i)" + r"\s+".join(parts)


def _letter(one: str) -> str:
    return f"[{regex.escape(_QUOTES)}]" if one in _QUOTES else regex.escape(one)
