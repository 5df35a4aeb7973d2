"""Who wrote a story: the names of its byline."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from articles.engines.newswire.patterns import SURE, Found

_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’.-]*+(?:[ ](?!and\b|и\b)[\p{L}\p{M}'’.-]++){1,3}")
_BETWEEN = regex.compile(r"(?:,|[ ]and|[ ]и)[ ]")


def bylined(byline: str, start: int) -> Iterator[Found]:
    """The people of a byline that stands at `start`: Lena Fairchild and Tomas Reyes."""
    at = 0
    while name := _NAME.match(byline, at):
        yield Found(start + name.start(), start + name.end(), "PERSON", SURE)
        between = _BETWEEN.match(byline, name.end())
        if not between:
            return
        at = between.end()
