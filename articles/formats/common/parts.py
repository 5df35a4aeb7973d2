"""Articles in files where a blank line ends something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BLANK_AT_END = re.compile(r"(?:\A|\n)[ \t\r]*\n\Z")
_TAIL = 80


def with_blank_between(parts: Iterable[str], opening: str | None = None) -> Iterator[str]:
    """Parts of a file, and a blank line before each that does not begin with `opening`, unless what is before
    it ends with one. Parts that come from one file in its order need none."""
    tail = "\n"
    for part in parts:
        if not tail.endswith("\n"):
            yield "\n"
        if not (_BLANK_AT_END.search(tail) or (opening and part.startswith(opening))):
            yield "\n"
        yield part
        tail = part[-_TAIL:]
