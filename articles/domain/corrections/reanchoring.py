"""The text of an article was corrected: the annotations of the old text find their places in the new one.

Spans on words that are the same in both texts are carried over as certain. All others are doubtful: they are
put where their words went or are left out, and a person is asked. All positions are code points.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from annotator.schemas.definition import Overlap
from articles.domain.corrections.word_images import WordImages
from articles.domain.layers.state import problem_with_overlap
from articles.domain.spans import Relation, Span, problem_with_offsets, reading_order
from articles.domain.stories.carrying import Alignment
from articles.domain.texts.tokens import Bounds


class Kind(StrEnum):
    """Why a person has to look. CHANGED: other words than before, or the same words in another context;
    SHORTENED: some words are gone; MOVED: the same words elsewhere; LOST: there is no place for it any more;
    NEW: words that nobody has read."""

    CHANGED = "changed"
    SHORTENED = "shortened"
    MOVED = "moved"
    LOST = "lost"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """`span` is the span in the old text. `place` is its place in the new text; for a lost span, the empty
    place where it would be."""

    span: Span
    kind: Kind
    place: Bounds


@dataclass(frozen=True, slots=True)
class Reanchored:
    """`spans` and `relations` in the new text, by their old ids. The `doubtful` spans are among them, unless
    they are lost. `lost` relations are those with a lost end."""

    spans: Sequence[Span]
    relations: Sequence[Relation]
    doubtful: Sequence[Doubtful]
    lost: Sequence[Relation]


class Reanchoring:
    """The way from one text to the other, which can be used for any number of layers."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self._is_same = alignment.first.text == alignment.second.text
        self._images = WordImages(alignment)

    def certain(self, span: Span) -> Span | None:
        """The span on the same words of the new text, if each of its pieces lies in a stretch that both texts
        have; else None."""
        if self._is_same:
            return span
        places = [self.alignment.place(*piece) for piece in _pieces(span)]
        found = [place for place in places if place]
        moved = _placed(span, found) if len(found) == len(places) else None
        return moved if moved and len(moved.fragments) == len(span.fragments) else None

    def doubtful(self, span: Span) -> tuple[Kind, Span | None]:
        """The place to which a span may have moved that has no certain place."""
        words = [self._images.words_in(*piece) for piece in _pieces(span)]
        images = [self._images.of(piece) for piece in words]
        if len(words) == 1 and not self._images.say_the_same(words[0]):
            found = self._images.elsewhere(words[0])
            if found:
                return Kind.MOVED, _placed(span, [self._images.bounds(found[0], found[1] - 1)])
        moved = _placed(span, [self._images.bounds(min(one), max(one)) for one in images if one])
        is_whole = sum(map(len, images)) == sum(map(len, words))
        return (Kind.CHANGED if is_whole else Kind.SHORTENED, moved) if moved else (Kind.LOST, None)

    def place_of_lost(self, start: int, end: int) -> Bounds:
        """The empty place where such a span would have stood."""
        point = self._images.after(self._images.words_in(start, end).start)
        return point, point

    def new_passages(self, asked_about: Iterable[Bounds] = ()) -> list[Bounds]:
        """Stretches of the new text that the old text did not have, without those about which a person is
        asked anyway."""
        known = list(asked_about)
        places = (self._images.bounds(first, last - 1) for first, last in self._images.new_words())
        return [one for one in places if not any(start <= one[0] and one[1] <= end for start, end in known)]


def reanchor(
    spans: Iterable[Span], relations: Iterable[Relation], way: Reanchoring, overlap: Overlap
) -> Reanchored:
    """Carry over a whole layer. A doubtful span that the schema does not allow at its new place is lost."""
    placed, unsure = _Placed(overlap), list[Span]()
    for span in sorted(spans, key=reading_order):
        moved = way.certain(span)
        if not moved or not placed.add(moved):
            unsure.append(span)
    doubtful = [_settled(span, way, placed) for span in unsure]
    kept, lost = list[Relation](), list[Relation]()
    for one in relations:
        stays = one.source in placed.spans and one.target in placed.spans
        (kept if stays else lost).append(one)
    return Reanchored(list(placed.spans.values()), kept, doubtful, lost)


def _settled(span: Span, way: Reanchoring, placed: _Placed) -> Doubtful:
    kind, moved = way.doubtful(span)
    if moved and placed.add(moved):
        return Doubtful(span, kind, (moved.start, moved.end))
    return Doubtful(span, Kind.LOST, way.place_of_lost(span.start, span.end))


@dataclass
class _Placed:
    """Spans of the new text, among which another one has to fit."""

    overlap: Overlap
    spans: dict[UUID, Span] = field(default_factory=dict)
    _in_order: list[tuple[int, int, UUID]] = field(default_factory=list)
    _longest: int = 0

    def add(self, span: Span) -> bool:
        """False where the schema does not allow it."""
        near = slice(
            bisect_left(self._in_order, (span.start - self._longest,)),
            bisect_left(self._in_order, (span.end,)),
        )
        others = (self.spans[id_] for _, _, id_ in self._in_order[near])
        if any(problem_with_overlap(span, other, self.overlap) for other in others):
            return False
        self.spans[span.id] = span
        insort(self._in_order, (span.start, span.end, span.id))
        self._longest = max(self._longest, len(span))
        return True


def _pieces(span: Span) -> Sequence[Bounds]:
    return span.fragments or ((span.start, span.end),)


def _placed(span: Span, places: Sequence[Bounds]) -> Span | None:
    """The span on these pieces; those that came to touch are one. None where they are in no order."""
    joined = list(places[:1])
    for start, end in places[1:]:
        if start < joined[-1][1]:
            return None
        if start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    if not joined:
        return None
    fragments = tuple(joined) if len(joined) > 1 else ()
    moved = replace(span, start=joined[0][0], end=joined[-1][1], fragments=fragments)
    length = joined[-1][1]
    return None if problem_with_offsets(moved.start, moved.end, length, fragments) else moved
