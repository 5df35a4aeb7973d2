"""Work ahead in a thread: one side computes while the other waits for the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")

_END = object()


class Ahead(Generic[T]):
    """The same items, each made in a thread: when it is asked for, or from `begin_next` on.

    Python runs one thread at a time, so there is a gain only while the caller waits. It should begin the next
    item when it has done its own computing and is about to write to the database.
    """

    def __init__(self, items: Iterable[T], thread: ThreadPoolExecutor) -> None:
        self._items = iter(items)
        self._thread = thread
        self._coming: Future[object] | None = None

    def begin_next(self) -> None:
        """Have the next item made from now on. Saying it again does nothing more."""
        if self._coming is None:
            self._coming = self._thread.submit(next, self._items, _END)

    def __iter__(self) -> Iterator[T]:
        """Raises what goes wrong in making an item."""
        while True:
            self.begin_next()
            assert self._coming
            item = self._coming.result()
            self._coming = None
            if item is _END:
                return
            yield item  # type: ignore[misc]


@contextmanager
def working_ahead(items: Iterable[T]) -> Iterator[Ahead[T]]:
    """The items as `Ahead` gives them. The thread must not use the database: it would have a connection, and
    so a view of the data, of its own."""
    with ThreadPoolExecutor(1, "ahead") as thread:
        yield Ahead(items, thread)
