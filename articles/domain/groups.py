from __future__ import annotations


class Groups:
    """Numbers that belong together, directly or through others: disjoint sets with path halving (Tarjan & van
    Leeuwen 1984). A group is known by its smallest number; a number that was never joined is alone."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}

    def root(self, one: int) -> int:
        parents = self._parents
        while (parent := parents.get(one, one)) != one:
            parents[one] = one = parents.get(parent, parent)
        return one

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._parents[second] = first
