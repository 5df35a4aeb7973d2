"""What changed between two versions of a list with one entry a line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class ListChanges:
    """Lines that came and that went, in their order. Empty lines and order do not count."""

    added: list[str]
    removed: list[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def list_changes(before: str, after: str) -> ListChanges:
    return ListChanges(added=_more(after, before), removed=_more(before, after))


def _more(of: str, than: str) -> list[str]:
    there = Counter(than.splitlines())
    found = []
    for line in filter(str.strip, of.splitlines()):
        if there[line]:
            there[line] -= 1
        else:
            found.append(line)
    return found
