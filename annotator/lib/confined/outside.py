"""Starting confined processes, and keeping one that has answered for the next request: a start takes a third
of a second."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from annotator.lib.confined.inside import IDLE_SECONDS, receive, send

ROOT = Path(__file__).parents[3]
OUT_OF_TIME = (-signal.SIGALRM, -signal.SIGPROF)
# What a program needs to start. The rest of our environment holds secrets, which are no parser's business.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR")


def environment() -> dict[str, str]:
    """Of a confined process."""
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}


class Confined:
    """A process that runs a module, as seen from the one that started it."""

    def __init__(self, module: str) -> None:
        self.idle_since = 0.0
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-X", "utf8", "-B", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(),
        )

    def send(self, *parts: bytes) -> None:
        """Raises OSError when the process has ended."""
        assert self.process.stdin
        send(self.process.stdin, *parts)  # type: ignore[arg-type]

    def receive(self) -> bytes:
        """Raises EOFError when the process ends without an answer."""
        assert self.process.stdout
        return receive(self.process.stdout)  # type: ignore[arg-type]

    def is_fit(self) -> bool:
        """Whether it can be asked once more. One that has waited long is about to end by itself."""
        waited = time.monotonic() - self.idle_since
        return waited < IDLE_SECONDS / 2 and self.process.poll() is None

    def end(self) -> int:
        """The code with which it has ended, negative for a signal; it ends when its input does."""
        assert self.process.stdin
        assert self.process.stdout
        with suppress(OSError):
            self.process.stdin.close()
        self.process.stdout.close()
        try:
            return self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Pool:
    """Processes of one module that wait for work; a thread takes one out and puts it back."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.waiting: list[Confined] = []
        # A fork has copies of these pipes, and would answer for the process that it was forked from.
        os.register_at_fork(after_in_child=self.waiting.clear)
        atexit.register(self.end_all)

    def take(self) -> Confined:
        while self.waiting:
            process = self.waiting.pop()
            if process.is_fit():
                return process
            process.end()
        return Confined(self.module)

    def put_back(self, process: Confined) -> None:
        process.idle_since = time.monotonic()
        self.waiting.append(process)

    def end_all(self) -> None:
        """End the processes that wait for work."""
        while self.waiting:
            self.waiting.pop().end()
