"""What readers of lines have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.formats.base import Found, Problem
from articles.formats.common.limits import MAX_ARTICLES
from articles.formats.common.source import Source
from articles.formats.common.text import BadText


def told(file: Source, found: Iterable[Found]) -> Iterator[Found]:
    """What is found, up to as much as a file may hold; a BadText becomes the last problem."""
    try:
        for count, one in enumerate(found):
            if count == MAX_ARTICLES:
                yield Problem(file.name, one.line, f"A file holds at most {count:,} articles. Split it.")
                return
            yield one
    except BadText as error:
        yield Problem(file.name, error.line, str(error))


def head_lines(file: Source) -> list[str]:
    """The first lines with their ends, to tell a layout by; a line that may have been cut is left out."""
    lines = file.head.decode("utf-8", "replace").split("\n")
    whole = lines[:-1] if len(lines) > 1 else lines
    return [f"{line}\n" for line in whole]
