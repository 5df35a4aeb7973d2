"""Relations between hits, where the schema has a type for them: who said a quotation, whose office it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.schemas.definition import RelationType
from articles.engines.newswire.patterns import Found

# How far from a quotation its speaker is looked for, in code points.
_REACH = 160
_NEAR = 16  # hits
_SPEAKERS = ("PERSON", "ORG")


@dataclass(frozen=True, slots=True)
class Linked:
    """A relation of this type, from one hit to another."""

    type: str
    source: Found
    target: Found


class Linker:
    """Finds relations for one schema. `label_of` gives the schema's label of each kind of hit."""

    def __init__(self, relations: Sequence[RelationType], label_of: Mapping[str, str]) -> None:
        self._types = {
            (source, target): type_
            for source, target in (("PERSON", "QUOTE"), ("ORG", "QUOTE"), ("TITLE", "PERSON"))
            if (type_ := _type_between(relations, label_of.get(source), label_of.get(target)))
        }

    def links(self, text: str, found: Sequence[Found]) -> Iterator[Linked]:
        """`found` is in reading order."""
        if not self._types:
            return
        for number, one in enumerate(found):
            if one.kind == "QUOTE":
                speaker = _speaker_after(text, found, number) or _speaker_before(text, found, number)
                yield from self._link(speaker, one)
            if one.kind == "TITLE":
                yield from self._link(one, _holder(text, found, number))

    def _link(self, source: Found | None, target: Found | None) -> Iterator[Linked]:
        if source is None or target is None or (source.kind, target.kind) not in self._types:
            return
        type_, is_turned = self._types[source.kind, target.kind]
        yield Linked(type_, target, source) if is_turned else Linked(type_, source, target)


def _type_between(
    relations: Sequence[RelationType], source: str | None, target: str | None
) -> tuple[str, bool] | None:
    """The relation type made for these labels, and whether it leads from the second to the first."""
    for one in relations:
        if not one.chain and source in one.sources and target in one.targets:
            return one.name, False
        if not one.chain and target in one.sources and source in one.targets:
            return one.name, True
    return None


def _speaker_after(text: str, found: Sequence[Found], number: int) -> Found | None:
    """Who speaks in the rest of the sentence: ... ,” said Mara Ellingsen."""
    quote = found[number]
    until = _end_of_sentence(text, quote.end + 2, quote.end + _REACH)
    return _speaker(found[number + 1 : number + _NEAR], quote.end, until)


def _speaker_before(text: str, found: Sequence[Found], number: int) -> Found | None:
    """Who speaks in the same paragraph before it: Mara Ellingsen said: “..."""
    quote = found[number]
    begin = max(text.rfind("\n", 0, quote.start) + 1, quote.start - _REACH)
    near = [
        one for one in found[max(0, number - _NEAR) : number] if begin <= one.start and one.end <= quote.start
    ]
    cues = [one for one in near if one.kind == "CUE"]
    speakers = [one for one in near if one.kind in _SPEAKERS]
    return min(speakers, key=lambda one: _distance(one, cues[-1]), default=None) if cues else None


def _speaker(near: Sequence[Found], begin: int, until: int) -> Found | None:
    here = [one for one in near if begin <= one.start < until]
    cue = next((one for one in here if one.kind == "CUE"), None)
    speakers = [one for one in here if one.kind in _SPEAKERS]
    if cue is None or not speakers:
        return None
    people = [one for one in speakers if one.kind == "PERSON"]
    return min(people or speakers, key=lambda one: _distance(one, cue))


def _distance(one: Found, other: Found) -> int:
    return max(one.start - other.end, other.start - one.end)


def _end_of_sentence(text: str, start: int, most: int) -> int:
    stops = (text.find(mark, start, most) for mark in ("\n", ". ", "! ", "? ", "。", "“", "«"))
    return min((stop for stop in stops if stop >= 0), default=min(most, len(text)))


def _holder(text: str, found: Sequence[Found], number: int) -> Found | None:
    """The person beside an office: right after it, or before it and a comma."""
    title = found[number]
    for one in found[number + 1 : number + 3]:
        if one.kind == "PERSON" and title.end <= one.start and _is_joint(text[title.end : one.start]):
            return one
    for one in reversed(found[max(0, number - 3) : number]):
        if one.kind == "PERSON" and 0 < title.start - one.end < 30 and text[one.end] == ",":
            return one
    return None


def _is_joint(between: str) -> bool:
    return len(between) < 40 and "." not in between and "\n" not in between
