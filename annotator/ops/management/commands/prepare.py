from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from annotator.ops.demo_project import load_demo
from annotator.ops.static_build import collect_if_changed
from articles.tasks.runs import enqueue_run


class Command(BaseCommand):
    help = "Brings database, static files and demo project up to date. `up` runs it at every start."
    requires_system_checks = []  # migrate makes all of them, those of the database too

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true")

    def handle(self, *args: Any, no_demo: bool, **options: Any) -> None:
        self._step("Bringing the database up to date", _migrate)
        self._step("Preparing static files", collect_if_changed)
        if not no_demo:
            self._step("Looking after the demo project", lambda: load_demo(enqueue_run=enqueue_run))

    def _step(self, words: str, work: Callable[[], object]) -> None:
        began = time.monotonic()
        self.stdout.write(f"{words} ... ", ending="")
        self.stdout.flush()
        work()
        self.stdout.write(f"done in {time.monotonic() - began:.1f} s")


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
