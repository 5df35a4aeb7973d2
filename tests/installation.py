"""A whole Annotator for a test: `manage.py up` in a temporary folder, as a person would run it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import psutil

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that every account may enter: pytest's own are private, and PostgreSQL, which does
    not run as root, could not get in."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Installation:
    """One data folder, and the process tree that runs on it."""

    data: Path
    port: int = field(default_factory=free_port)
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return (self.data.parent / "up.txt").read_text(encoding="utf-8", errors="replace")

    @property
    def logins(self) -> dict[str, str]:
        lines = (self.data / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
        return {name: password for name, password in (line.split() for line in lines)}

    def start(self) -> None:
        """Start, and wait until the first page is served."""
        self.launch()
        deadline = time.monotonic() + START_SECONDS
        while "Annotator is ready" not in self.output:
            assert self.process
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.1)

    def launch(self) -> None:
        command = [sys.executable, str(ROOT / "manage.py"), "up", "--port", str(self.port), *self.options]
        with (self.data.parent / "up.txt").open("wb") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, env=self.environment(), cwd=ROOT
            )

    def environment(self) -> dict[str, str]:
        """As in a fresh shell: nothing of the test run's own servers."""
        ours = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "ANNOTATOR_TEST_SERVERS"}
        return {
            **{name: value for name, value in os.environ.items() if name not in ours},
            "ANNOTATOR_DATA": str(self.data),
            "ANNOTATOR_STATIC": str(self.data.parent / "static"),
        }

    def command(self, *words: str) -> str:
        """What `manage.py WORDS` prints."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return done.stdout.strip()

    def tree(self) -> list[psutil.Process]:
        """Every process of this installation."""
        assert self.process
        root = psutil.Process(self.process.pid)
        return [root, *root.children(recursive=True)]

    def child(self, word: str) -> psutil.Process:
        """The direct child whose command line holds `word`."""
        assert self.process
        for child in psutil.Process(self.process.pid).children():
            if any(word in part for part in child.cmdline()):
                return child
        raise LookupError(word)

    def has_child(self, word: str) -> bool:
        try:
            return bool(self.child(word))
        except LookupError:
            return False

    def stop(self) -> list[psutil.Process]:
        """Ctrl-C. Answers the processes that are still there afterwards."""
        if self.process is None or self.process.poll() is not None:
            return []
        tree = self.tree()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        return [
            process for process in tree if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        ]

    def kill_everything(self) -> None:
        """`kill -9` of the whole tree, in no order."""
        for process in self.tree():
            process.kill()
        assert self.process
        self.process.wait(10)

    def call(self, token: str, method: str, path: str, body: Any = None) -> Any:
        """One API call; the JSON of the answer. Raises urllib.error.HTTPError."""
        request = urllib.request.Request(
            f"{self.url}/api/v1/{path}",
            method=method,
            data=None if body is None else orjson.dumps(body),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            raw = response.read()
        return orjson.loads(raw) if raw else None
