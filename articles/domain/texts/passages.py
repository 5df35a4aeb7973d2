"""The stretches of a text around some places in it, to be read without the rest."""

from __future__ import annotations

from collections.abc import Iterable

AROUND = 100  # characters on each side
MAX_PASSAGES = 8
_WORD = 30  # characters that a word may have


def passages(text: str, places: Iterable[tuple[int, int]], most: int = MAX_PASSAGES) -> list[tuple[int, int]]:
    """`[start, end)` of the first few stretches, in code points, that hold the places with some text around.

    They stay in the paragraph of their place, begin and end between words where there are spaces, do not
    touch, and are in reading order.
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        around = (_begin(text, start), _finish(text, end))
        if found and around[0] <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], around[1]))
        elif len(found) == most:
            break
        else:
            found.append(around)
    return found


def _begin(text: str, start: int) -> int:
    """Where the paragraph begins, or a word, not much more than AROUND before."""
    at = max(start - AROUND, 0)
    paragraph = text.rfind("\n", at, start) + 1
    space = text.rfind(" ", max(at - _WORD, 0), at) + 1
    return paragraph or (space if at else 0) or at


def _finish(text: str, end: int) -> int:
    at = min(end + AROUND, len(text))
    ends = [text.find("\n", end, at), text.find(" ", at, at + _WORD), at]
    return next(one for one in ends if one >= 0)


def around(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """What stands before and after a place in its paragraph: at most so many code points on each side, cut
    between words where there are spaces, with an ellipsis where something is left out."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    rest = text[end:]
    after = rest.partition("\n")[0]
    if len(before) > most:
        before = "…" + before[-most:].partition(" ")[2]
    if len(after) > most:
        after = after[:most].rpartition(" ")[0] + "…"
    return before, after
