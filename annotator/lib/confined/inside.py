"""What a confined process does with itself. Signals of its timers are not handled, so that they end it also
from within a loop in C."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

IDLE_SECONDS = 60
_TIMERS = {signal.SIGALRM: signal.ITIMER_REAL, signal.SIGPROF: signal.ITIMER_PROF}
_REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")


def send(pipe: BinaryIO, *parts: bytes) -> None:
    """Each part after its length. Raises OSError when the other side has ended."""
    for part in parts:
        pipe.write(len(part).to_bytes(8, "big"))
        pipe.write(part)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes:
    """The next part. Raises EOFError when the other side has ended."""
    length = pipe.read(8)
    part = pipe.read(int.from_bytes(length, "big")) if len(length) == 8 else b""
    if len(length) < 8 or len(part) < int.from_bytes(length, "big"):
        raise EOFError
    return part


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """Requests and answers. What libraries print must not come between answers."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return requests, answers


def requests_of(pipe: BinaryIO, parts: int) -> Iterator[list[bytes]]:
    """The requests, each of so many parts, until the other side has ended. Waiting is bounded, too."""
    while True:
        allow(IDLE_SECONDS, IDLE_SECONDS)
        try:
            yield [receive(pipe) for _ in range(parts)]
        except EOFError:
            return


def confine(memory: int) -> None:
    """From here on this process has so many bytes of address space, opens no connection, starts no program
    and writes no file."""
    for number in _TIMERS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _TIMERS)
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS knows the first limit and refuses to set it.
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (value, value))
    sys.addaudithook(_refuse)


def allow(by_the_clock: float, of_computing: float) -> None:
    """The process ends when it is still at work after this many seconds."""
    signal.setitimer(signal.ITIMER_REAL, by_the_clock)
    signal.setitimer(signal.ITIMER_PROF, of_computing)


def restrain(of_computing: float) -> None:
    """The process ends when it computes for this many seconds more; it may wait as long as it likes."""
    signal.setitimer(signal.ITIMER_PROF, of_computing)


def most_memory() -> int:
    """The most bytes that this process has had in memory. It begins with what the one that started it had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _refuse(event: str, _: Any) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"A confined process may not do this: {event}")
