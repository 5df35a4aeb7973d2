"""A text cut at the bounds of its spans, to show it without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same spans. `colour` is that of the innermost one, None without any;
    `ends` names the labels of the spans that end here, innermost first."""

    text: str
    colour: int | None = None
    ends: tuple[str, ...] = ()


def marked(text: str, spans: Sequence[tuple[int, int, str]], colours: Mapping[str, int]) -> list[Piece]:
    """The pieces of `text`. Spans are `(start, end, label)` in code points; those that do not lie inside the
    text (it may be the beginning of a longer one) are left out."""
    inside = [(start, end, label) for start, end, label in spans if 0 <= start < end <= len(text)]
    cuts = sorted({0, len(text), *(span[0] for span in inside), *(span[1] for span in inside)})
    pieces = []
    for start, end in pairwise(cuts):
        over = [span for span in inside if span[0] <= start and end <= span[1]]
        over.sort(key=lambda span: (span[1] - span[0], span[2]))
        colour = colours.get(over[0][2], 0) if over else None
        ends = tuple(label for _, stop, label in over if stop == end)
        pieces.append(Piece(text[start:end], colour, ends))
    return pieces


@dataclass(frozen=True)
class ComparedPiece:
    """A stretch of text, whether gold and an engine mark it, and the labels of either that end here."""

    text: str
    in_gold: bool
    in_engine: bool
    gold_ends: str = ""
    engine_ends: str = ""


def compared(
    text: str, gold: tuple[int, int, str] | None, engine: tuple[int, int, str] | None
) -> list[ComparedPiece]:
    """The pieces of `text` under one entity of gold and one of an engine: `(start, end, label)` in code
    points of the text, cut off at its ends."""
    bounds = [min(max(at, 0), len(text)) for one in (gold, engine) if one for at in one[:2]]
    return [
        ComparedPiece(
            text[start:end],
            in_gold=bool(gold and gold[0] <= start and end <= gold[1]),
            in_engine=bool(engine and engine[0] <= start and end <= engine[1]),
            gold_ends=gold[2] if gold and gold[1] == end else "",
            engine_ends=engine[2] if engine and engine[1] == end else "",
        )
        for start, end in pairwise(sorted({0, len(text), *bounds}))
    ]


def compared_in(
    text: str,
    gold: tuple[int, int, str] | None,
    engine: tuple[int, int, str] | None,
    *,
    context: int,
    longest: int,
) -> list[ComparedPiece]:
    """A quotation of the text around two entities, of which one may be missing, in pieces as `compared` has
    them. `context` is how much stands on each side, `longest` the length of the whole, in code points."""
    sides = [one for one in (gold, engine) if one]
    begin = max(min(start for start, _, _ in sides) - context, 0)
    quote = text[begin : min(max(end for _, end, _ in sides) + context, begin + longest)]
    pieces = compared(quote, _moved(gold, begin), _moved(engine, begin))
    return without_cut_words(pieces, is_begun=begin == 0, is_ended=begin + len(quote) == len(text))


def _moved(one: tuple[int, int, str] | None, begin: int) -> tuple[int, int, str] | None:
    return (one[0] - begin, one[1] - begin, one[2]) if one else None


def without_cut_words(
    pieces: Sequence[ComparedPiece], *, is_begun: bool, is_ended: bool
) -> list[ComparedPiece]:
    """The pieces of a quotation, of which the words that were cut off at its ends give way to an ellipsis.

    `is_begun` and `is_ended`: the text begins or ends with the quotation. What is marked stays whole.
    """
    found = list(pieces)
    if found and not is_begun and not _is_marked(found[0]):
        _, space, rest = found[0].text.partition(" ")
        found[0] = replace(found[0], text=f"… {rest}" if space else f"…{found[0].text}")
    if found and not is_ended and not _is_marked(found[-1]):
        rest, space, _ = found[-1].text.rpartition(" ")
        found[-1] = replace(found[-1], text=f"{rest} …" if space else f"{found[-1].text}…")
    return found


def _is_marked(piece: ComparedPiece) -> bool:
    return piece.in_gold or piece.in_engine
