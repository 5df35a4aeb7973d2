"""Work ahead in a thread, so that one side computes while the other waits for the database."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
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
    with _quick_switches, ThreadPoolExecutor(1, "prefetch") as thread:
        coming: Future[object] = thread.submit(next, source, _END)
        while (item := coming.result()) is not _END:
            coming = thread.submit(next, source, _END)
            yield item  # type: ignore[misc]


class _QuickSwitches:
    """Shared by all that work ahead in this process: the first one sets it, the last one puts it back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._users = 0
        self._usual = sys.getswitchinterval()

    def __enter__(self) -> None:
        with self._lock:
            if not self._users:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(_SWITCH_SECONDS)
            self._users += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                sys.setswitchinterval(self._usual)


_quick_switches = _QuickSwitches()
