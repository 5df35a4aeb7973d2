from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotator.ops.embedded import OwnedElsewhere, Places, Servers
from annotator.ops.logins import LOGINS_FILE
from annotator.ops.supervisor import CannotStart, Supervisor

OWNER_WAIT_SECONDS = 30


def _port(words: str) -> int:
    if not (words.isascii() and words.isdigit() and 0 < int(words) < 65536):
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return int(words)


def _count(words: str) -> int:
    if not (words.isascii() and words.isdigit() and 0 < int(words) <= 64):
        raise ArgumentTypeError("the number of workers is from 1 to 64")
    return int(words)


class Command(BaseCommand):
    help = "Runs everything on this machine: PostgreSQL, Valkey, web server and workers, with a demo project."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=_port, default=8000)
        parser.add_argument("--workers", type=_count, default=2, help="How many jobs are worked on at once.")
        parser.add_argument("--no-demo", action="store_true")

    def handle(self, *args: Any, host: str, port: int, workers: int, no_demo: bool, **options: Any) -> None:
        given = {"postgres": "DATABASE_URL" not in os.environ, "valkey": "REDIS_URL" not in os.environ}
        servers = Servers(Places.of(Path(os.environ["ANNOTATOR_DATA"])), **given)
        root = Path(__file__).resolve().parents[4]
        supervisor = Supervisor(servers, host, port, root, self._say, workers)
        self._acquire(servers, supervisor.url)
        try:
            supervisor.check_port()
            supervisor.listen_to_signals()
            self._bring_up(supervisor, demo=not no_demo)
            supervisor.watch()
        except (CannotStart, RuntimeError) as error:
            raise CommandError(str(error)) from error
        finally:
            self._say("Stopping ...")
            supervisor.stop()
            self._say("Stopped. Everything is kept for the next start.")

    def _acquire(self, servers: Servers, url: str) -> None:
        deadline = time.monotonic() + OWNER_WAIT_SECONDS
        while True:
            try:
                servers.acquire(what="up", url=url)
            except OwnedElsewhere as error:
                owner = error.owner
                if owner.get("what") == "command" and time.monotonic() < deadline:
                    time.sleep(0.5)
                    continue
                where = f", {owner['url']}" if "url" in owner else ""
                raise CommandError(
                    f"Annotator is already running on {servers.places.data}: "
                    f"process {owner.get('pid')}{where}. "
                    "Use that one, stop it, or choose another folder: make run DATA=/some/dir PORT=8001"
                ) from error
            else:
                return

    def _bring_up(self, supervisor: Supervisor, *, demo: bool) -> None:
        servers, places = supervisor.servers, supervisor.places
        if servers.drivers():
            self._step(f"Starting {' and '.join(servers.drivers())}", servers.start)
        os.environ.setdefault("DATABASE_URL", places.database_url)
        os.environ.setdefault("REDIS_URL", places.redis_url)
        supervisor.adopt_servers()
        self._prepare(supervisor.root, demo=demo)
        self._step("Starting web server and workers", supervisor.launch_programs)
        if supervisor.stopping:
            return
        self._say(f"\nAnnotator is ready: {supervisor.url}\n")
        self._show_logins(places.data / LOGINS_FILE)
        self._say("Press Ctrl-C to stop.")

    def _prepare(self, root: Path, *, demo: bool) -> None:
        """In a process of its own, which reads the addresses of the servers like every other command."""
        command = [sys.executable, str(root / "manage.py"), "prepare", *([] if demo else ["--no-demo"])]
        if subprocess.run(command, check=False).returncode != 0:
            raise CannotStart("The database or the static files could not be prepared; the reason is above.")

    def _step(self, words: str, work: Callable[[], object]) -> None:
        began = time.monotonic()
        self.stdout.write(f"{words} ... ", ending="")
        self.stdout.flush()
        work()
        self._say(f"done in {time.monotonic() - began:.1f} s")

    def _show_logins(self, logins: Path) -> None:
        if logins.exists():
            self._say("Demo logins (name, password):\n" + logins.read_text(encoding="utf-8"))

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
