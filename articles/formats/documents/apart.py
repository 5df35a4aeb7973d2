"""Parsers that may take any time and memory, for files of strangers, run apart: in a process of their own.

A parser in Python cannot be stopped from within, and a worker of Celery may have no children by
multiprocessing, so this is a plain subprocess (`process`). It bounds itself by timers of the operating
system, which end it whatever it is doing; this side sees that it has ended. Starting it takes a third of a
second, so it is kept for the next document.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from articles.formats.common.text import BadText
from articles.formats.documents.process import IDLE_SECONDS, MAX_SECONDS, receive, send

Record = Mapping[str, Any]
ROOT = Path(__file__).parents[3]
_OUT_OF_TIME = (-signal.SIGALRM, -signal.SIGPROF)
# What a program needs to start. The rest of our environment holds secrets, which are no parser's business.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR")


def parse_apart(parser: str, content: bytes, encoding: str, seconds: float = MAX_SECONDS) -> Sequence[Record]:
    """What one of `process.PARSERS` finds in a file, within so many seconds of computing.

    Raises BadText: what the parser says against the file, or that it took too long or broke down.
    """
    process = _taken()
    try:
        answer = process.ask(parser, content, encoding, seconds)
    except (OSError, EOFError):
        raise BadText(why_ended(process.end(), seconds)) from None
    if answer["is_last"]:
        process.end()
    else:
        _waiting.append(process)
    if "problem" in answer:
        raise BadText(answer["problem"], answer["line"])
    records: Sequence[Record] = answer["records"]
    return records


class _Process:
    def __init__(self) -> None:
        self._idle_since = 0.0
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-B", "-m", "articles.formats.documents.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(),
        )

    def ask(self, parser: str, content: bytes, encoding: str, seconds: float) -> dict[str, Any]:
        """Raises OSError or EOFError when the process ends without an answer."""
        assert self._process.stdin
        assert self._process.stdout
        request = (parser.encode(), encoding.encode(), str(seconds).encode(), content)
        send(self._process.stdin, *request)  # type: ignore[arg-type]
        answer: dict[str, Any] = json.loads(receive(self._process.stdout))  # type: ignore[arg-type]
        self._idle_since = time.monotonic()
        return answer

    def is_fit(self) -> bool:
        """Whether it can be asked once more. One that has waited long is about to end by itself."""
        waited = time.monotonic() - self._idle_since
        return waited < IDLE_SECONDS / 2 and self._process.poll() is None

    def end(self) -> int:
        """The code with which it has ended, negative for a signal; it ends when its input does."""
        assert self._process.stdin
        assert self._process.stdout
        with suppress(OSError):
            self._process.stdin.close()
        self._process.stdout.close()
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


# Processes without work; a thread takes one out and puts it back.
_waiting: list[_Process] = []
# A fork has copies of these pipes, and would answer for the process that it was forked from.
os.register_at_fork(after_in_child=_waiting.clear)


def _taken() -> _Process:
    while _waiting:
        process = _waiting.pop()
        if process.is_fit():
            return process
        process.end()
    return _Process()


@atexit.register
def end_all() -> None:
    """End the processes that wait for work."""
    while _waiting:
        _waiting.pop().end()


def environment() -> dict[str, str]:
    """Of a process for parsers."""
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}


def why_ended(code: int, seconds: float) -> str:
    if code in _OUT_OF_TIME:
        return f"Reading this file takes more than {seconds:g} seconds. Split it, or save it as plain text."
    return "This file breaks the program that reads it. Save it anew, or as plain text."
