"""Static files, collected only when one has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Run collectstatic unless nothing has changed since the last time. Answers whether it ran."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    digest = _digest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest, encoding="utf-8")
    return True


def _digest() -> str:
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            full = Path(storage.path(path)).stat()
            found.update(f"{path} {full.st_size} {full.st_mtime_ns}\n".encode())
    return found.hexdigest()
