"""Static files under an address that names their version, so that browsers may keep them for ever.

The version is in the folder, not in each file's name: ES modules import each other by relative paths, and so
find each other in the same version without being rewritten.
"""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Packages that bring static files of their own.
PACKAGES = ("Django", "django-unfold", "drf-spectacular-sidecar", "djangorestframework")


def static_version(folder: Path) -> str:
    """A short digest of every file below `folder`, and of the versions of the packages with static files."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(str(path.relative_to(folder)).encode())
        found.update(path.read_bytes())
    for package in PACKAGES:
        found.update(_version_of(package).encode())
    return found.hexdigest()[:10]


def is_immutable(path: str, url: str) -> bool:
    """For whitenoise: every file is, because its address changes with its content."""
    return True


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
