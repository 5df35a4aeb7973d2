"""The features that are known, by number: work with numbers is quicker than with texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


class Vocabulary:
    """Features in the order of their numbers. It grows with what it is asked, unless it is complete."""

    def __init__(self, features: Iterable[str] = (), *, is_complete: bool = False) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._is_complete = False
        self.numbers(features)
        self._is_complete = is_complete

    def __len__(self) -> int:
        return len(self._numbers)

    def features(self) -> Sequence[str]:
        return list(self._numbers)

    def numbers(self, features: Iterable[str]) -> tuple[int, ...]:
        """Of those features that are known. Tuples, because Python's collector looks at each of so many lists
        again and again."""
        known = self._numbers
        if self._is_complete:
            return tuple([known[feature] for feature in features if feature in known])
        return tuple([known[feature] for feature in features])
