"""White space between tokens: what a file says of it, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.formats.conllu.columns import misc_of

AFTER, BEFORE = "SpacesAfter", "SpacesBefore"
# UDPipe's spelling of white space in MISC.
_SPELLING = {" ": r"\s", "\t": r"\t", "\r": r"\r", "\n": r"\n", "|": r"\p", "\\": r"\\"}
_SPELLED = {spelled: sign for sign, spelled in _SPELLING.items()}
_SPELLED_SIGN = re.compile(r"\\.")


def gaps_after(forms: Sequence[str], miscs: Sequence[str], text: str) -> list[str | None]:
    """What stands after each token of a sentence. `text` is its `# text`, or empty.

    None after the last one, when nothing is said of it.
    """
    told = [*(_gaps_in(text, forms) or [" "] * (len(forms) - 1)), None]
    return [_told(misc, gap) for misc, gap in zip(miscs, told, strict=True)]


def spaces_before(misc: str) -> str:
    """What stands before the first token of a text."""
    return _unspelled(misc_of(misc).get(BEFORE, ""))


def agrees(text: str, forms: Sequence[str]) -> bool:
    """Whether a `# text` has just these tokens and white space between them."""
    return _gaps_in(text, forms) is not None


def misc_with_spaces(before: str, after: str | None, usual: str) -> str:
    """A value of MISC for white space. None stands for the end of the text, `usual` needs no saying."""
    said = [f"{BEFORE}={_spelled(before)}"] if before else []
    if after == "":
        said.append("SpaceAfter=No")
    elif after not in (None, usual):
        said.append(f"{AFTER}={_spelled(after)}")
    return "|".join(said) or "_"


def _told(misc: str, gap: str | None) -> str | None:
    pairs = misc_of(misc)
    if AFTER in pairs:
        return _unspelled(pairs[AFTER])
    return "" if pairs.get("SpaceAfter") == "No" else gap


def _gaps_in(text: str, forms: Sequence[str]) -> list[str] | None:
    """What `# text` has between the tokens, or None when it has others."""
    gaps = []
    place = 0
    for form in forms:
        start = place
        while not text.startswith(form, place) and text[place : place + 1].isspace():
            place += 1
        if not text.startswith(form, place):
            return None
        gaps.append(text[start:place])
        place += len(form)
    return None if text[place:].strip() or gaps[:1] != [""] else gaps[1:]


def _spelled(space: str) -> str:
    return "".join(_SPELLING.get(sign, sign) for sign in space)


def _unspelled(value: str) -> str:
    return _SPELLED_SIGN.sub(lambda found: _SPELLED.get(found[0], found[0]), value)
