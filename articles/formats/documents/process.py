"""The process in which parsers of documents run, one document after another: `python -m` this module.

It reads requests from its standard input and answers on its standard output (see `apart`, which starts it).
Timers and limits of the operating system bound each document; their signals are not handled, so that they end
the process also from within a loop in C. It may open no connection, start no program and write no file.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from articles.formats.common.text import BadText

# Modules with a `parse(content, encoding)` that answers records and raises BadText.
PARSERS = {name: f"articles.formats.{name}" for name in ("docx", "feeds", "html", "mhtml", "pdf")}
MAX_SECONDS = 20  # of computing, for one document
MAX_WAIT = 120  # seconds by the clock, on a machine that is busy with other things
MAX_MEMORY = 1_500 * 2**20  # bytes of address space, of which Python and the parsers take 300 MB
IDLE_SECONDS = 60
# Parsers cache and leak: a process that has grown by this many bytes takes no further document.
_GROWN = 300 * 2**20
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


def main() -> None:
    requests, answers = pipes()
    confine()
    grown = _memory() + _GROWN
    is_last = False
    while not is_last:
        allow(IDLE_SECONDS, IDLE_SECONDS)
        try:
            parser, encoding, seconds, content = (receive(requests) for _ in range(4))
        except EOFError:
            return
        allow(MAX_WAIT, float(seconds))
        answer = _answer(parser.decode(), content, encoding.decode())
        is_last = _memory() > grown
        # Not orjson: parsers answer halves of surrogate pairs, and these are told on the other side.
        send(answers, json.dumps({**answer, "is_last": is_last}).encode())


def _answer(parser: str, content: bytes, encoding: str) -> dict[str, Any]:
    try:
        return {"records": import_module(PARSERS[parser]).parse(content, encoding)}
    except BadText as error:
        return _problem(str(error), error.line)
    except ImportError as error:
        return _problem(f"Reading this format needs {error.name}. Install the extra 'formats'.")
    except MemoryError:
        return _problem("Reading this file takes more memory than a file may take. Split it.")
    except RecursionError:
        return _problem("This file is nested too deeply to be read.")
    except Exception as error:  # parsers of strange files raise anything
        return _problem(f"This file is damaged, or not what it seems to be ({type(error).__name__}).")


def _problem(reason: str, line: int | None = None) -> dict[str, Any]:
    return {"problem": reason, "line": line}


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """What parsers print must not come between answers."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return requests, answers


def confine() -> None:
    for number in _TIMERS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _TIMERS)
    for limit, value in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS knows the first limit and refuses to set it.
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (value, value))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: Any) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"A parser may not do this: {event}")


def _memory() -> int:
    """The most bytes that this process has had in memory. It begins with what the one that started it had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def allow(by_the_clock: float, of_computing: float) -> None:
    """The process ends when it is still at work after this many seconds."""
    signal.setitimer(signal.ITIMER_REAL, by_the_clock)
    signal.setitimer(signal.ITIMER_PROF, of_computing)


def restrain(of_computing: float) -> None:
    """The process ends when it computes for this many seconds more; it may wait as long as it likes."""
    signal.setitimer(signal.ITIMER_PROF, of_computing)


if __name__ == "__main__":
    main()
