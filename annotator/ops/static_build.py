"""Static files, collected only when there is a new version of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

KEPT_VERSIONS = 2


def collect_if_changed() -> bool:
    """Run collectstatic unless this version is there already. Answers whether it ran."""
    root = Path(settings.STATIC_ROOT)
    complete = root / ".complete"
    if complete.exists():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    complete.touch()
    _forget_old_versions(root.parent)
    return True


def _forget_old_versions(folder: Path) -> None:
    """Pages that are open in a browser may still ask for the version before this one."""
    versions = sorted(
        (path for path in folder.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime
    )
    for old in versions[:-KEPT_VERSIONS]:
        shutil.rmtree(old, ignore_errors=True)
