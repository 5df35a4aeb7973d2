"""A Chromium for the tests: one that is installed, else Debian's package, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = """No browser could be found or installed, and the browser tests are never skipped. Do one of these:
  - install Chromium or Chrome so that it is on the PATH (Debian, Ubuntu: apt-get install chromium);
  - set ANNOTATOR_CHROMIUM to the program's path;
  - run: .venv/bin/python -m playwright install chromium
"""


class NoBrowser(RuntimeError):
    """There is no browser to be had; the text says how to get one."""


def find_browser() -> str | None:
    """The path of a Chromium, or None for Playwright's own. Raises NoBrowser."""
    found = os.environ.get("ANNOTATOR_CHROMIUM") or _installed() or _from_debian()
    if found is None:
        _install_playwrights_own()
    return found


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        if subprocess.run(["apt-get", *words], env=environment, capture_output=True, check=False).returncode:
            return None
    return _installed()


def _install_playwrights_own() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise NoBrowser(HELP)
