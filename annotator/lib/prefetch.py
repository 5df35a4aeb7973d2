"""Work ahead in a thread, so that one side computes while the other waits for the database."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

# A thread that has waited for the database gets Python back after this long, not after the usual 5 ms: bulk
# loading waits thousands of times.
_SWITCH_SECONDS = 0.0005
_END = object()


def prefetched(items: Iterable[T]) -> Generator[T]:
    """The same items, the next one being made in a thread while the caller works on this one.

    What goes wrong in making them is raised here. The thread must not use the database: it would have a
    connection, and so a view of the data, of its own.
    """
    source = iter(items)
    with _quick_switches(), ThreadPoolExecutor(1, "prefetch") as thread:
        coming: Future[object] = thread.submit(next, source, _END)
        while (item := coming.result()) is not _END:
            coming = thread.submit(next, source, _END)
            yield item  # type: ignore[misc]


@contextmanager
def _quick_switches() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
