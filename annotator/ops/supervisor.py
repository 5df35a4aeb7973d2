"""One process tree: servers, web and worker, started in order, restarted when they die, stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from annotator.ops.embedded import Places, Servers
from annotator.ops.embedded.processes import kill_group, spawn, stop

LOOK_EVERY = 0.2
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
CALM_AFTER = 60.0
WEB_SECONDS = 60
STOP_SECONDS = {"web": 10, "beat": 5, "worker": 20}


class CannotStart(RuntimeError):
    """The product cannot be started; the text says what to do."""


@dataclass
class Child:
    """A supervised process. `delay` doubles with each death, and is forgiven after a calm minute."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop: Callable[[subprocess.Popen[bytes]], None]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = FIRST_DELAY
    restart_at: float | None = None

    def launch(self) -> None:
        self.process, self.started, self.restart_at = self.start(), time.monotonic(), None

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> float:
        """Seconds until it is started again."""
        if self.process:
            kill_group(self.process.pid)
        if time.monotonic() - self.started > CALM_AFTER:
            self.delay = FIRST_DELAY
        wait, self.process = self.delay, None
        self.restart_at = time.monotonic() + wait
        self.delay = min(self.delay * 2, LONGEST_DELAY)
        return wait


@dataclass
class Supervisor:
    """Runs the product on this machine until it is told to stop."""

    servers: Servers
    host: str
    port: int
    root: Path
    say: Callable[[str], None]
    workers: int = 2
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    @property
    def places(self) -> Places:
        return self.servers.places

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/"

    def check_port(self) -> None:
        """Raises CannotStart when somebody listens there already."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise CannotStart(
                    f"Port {self.port} is taken. Choose another: make run PORT={self.port + 1}"
                ) from error

    def listen_to_signals(self) -> None:
        """SIGINT and SIGTERM ask for an orderly stop; a second one hastens it."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def adopt_servers(self) -> None:
        """Watch the servers that were started before."""
        for name, driver in self.servers.drivers().items():
            child = Child(name, driver.start, driver.stop, self.servers.processes.pop(name))
            child.started = time.monotonic()
            self.children.append(child)

    def launch_programs(self) -> None:
        """Start web, worker and beat, and wait until the first page is served."""
        for name, command in self._programs().items():
            child = Child(name, self._starter(name, command), _stopper(name))
            self.children.append(child)
            child.launch()
        self._wait_for_web()

    def watch(self) -> None:
        """Restart what dies, until asked to stop."""
        while not self.stopping:
            for child in self.children:
                self._look_after(child)
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Stop everything in reverse order: the worker may finish its batch, the database goes last."""
        self.stopping = True
        last = ("web", "beat", "worker", "valkey", "postgres")
        for child in sorted(self.children, key=lambda one: last.index(one.name)):
            if child.process:
                child.stop(child.process)
                child.process = None
        self.servers.stop()

    def _look_after(self, child: Child) -> None:
        if child.has_died():
            wait = child.plan_restart()
            log = self.places.logs / f"{child.name}.log"
            self.say(f"The {child.name} process died; starting it again in {wait:.1f} s. Its log: {log}")
        elif child.restart_at is not None and time.monotonic() >= child.restart_at:
            child.launch()

    def _programs(self) -> dict[str, list[str]]:
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", self.host]
        web += ["--port", str(self.port), "--workers", "2", "--blocking-threads", "4", "--backpressure", "64"]
        web += ["--respawn-failed-workers", "--workers-kill-timeout", "5s", "annotator.wsgi:application"]
        celery = [sys.executable, "-m", "celery", "--app", "annotator"]
        worker = [*celery, "worker", "--concurrency", str(self.workers), "--loglevel", "WARNING"]
        worker += ["--without-gossip", "--without-mingle"]
        # Not inside the worker, which does not start it again when it dies: all that is periodic would end.
        beat = [*celery, "beat", "--schedule", str(self.places.data / "beat-schedule")]
        beat += ["--pidfile=", "--loglevel", "WARNING"]
        return {"web": web, "worker": worker, "beat": beat}

    def _starter(self, name: str, command: list[str]) -> Callable[[], subprocess.Popen[bytes]]:
        log = self.places.logs / f"{name}.log"
        return lambda: spawn(command, log=log, env=os.environ, cwd=self.root)

    def _wait_for_web(self) -> None:
        deadline = time.monotonic() + WEB_SECONDS
        web = next(child for child in self.children if child.name == "web")
        while not self.stopping and not _answers(f"{self.url}health/"):
            if web.has_died() or time.monotonic() > deadline:
                raise CannotStart(f"The web server did not start:\n{tail(self.places.logs / 'web.log')}")
            time.sleep(0.1)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.stopping:
            for child in self.children:
                if child.process and child.name in STOP_SECONDS:
                    kill_group(child.process.pid)
        self.stopping = True


def tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def _stopper(name: str) -> Callable[[subprocess.Popen[bytes]], None]:
    return lambda process: stop(process, signal.SIGTERM, STOP_SECONDS[name])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
