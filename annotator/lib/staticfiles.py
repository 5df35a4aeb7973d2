"""Static files under an address that names their version, so that browsers may keep them for ever.

The version is in the folder, not in each file's name: ES modules import each other by relative paths, and so
find each other in the same version without being rewritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rjsmin import jsmin
from whitenoise.storage import CompressedStaticFilesStorage

from annotator.lib.bundles import bundled_script, bundled_style

# Packages that bring static files of their own, or change ours.
PACKAGES = ("Django", "django-unfold", "drf-spectacular-sidecar", "djangorestframework", "rjsmin")
OWN_FOLDERS = ("editor/", "elements/", "css/")
# The editor asks for these two, which hold all the others that it needs.
SCRIPT_BUNDLES = ("editor/main.js",)
STYLE_BUNDLES = ("css/editor-page.css",)


class LeanStaticFilesStorage(CompressedStaticFilesStorage):  # type: ignore[misc] # it has no types
    """Bundles, our scripts without comments and indentation, and every file in gzip beside itself.

    Ours are there in Brotli, too: it is smaller, but takes half a minute for all that packages bring.
    """

    _brotli = False

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        own = {name: place for name, place in paths.items() if name.startswith(OWN_FOLDERS)}
        if not dry_run:
            self._bundle(own)
        for self._brotli, some in ((True, own), (False, {n: p for n, p in paths.items() if n not in own})):
            yield from super().post_process(some, dry_run, **options)

    def create_compressor(self, **options: Any) -> Any:
        return super().create_compressor(use_brotli=self._brotli, **options)

    def _bundle(self, own: Iterable[str]) -> None:
        bundles = {name: bundled_script(name, self._text) for name in SCRIPT_BUNDLES if name in own}
        bundles |= {name: bundled_style(name, self._text) for name in STYLE_BUNDLES if name in own}
        for name, text in bundles.items():
            Path(self.path(name)).write_text(text, encoding="utf-8")
        for name in own:
            if name.endswith(".js"):
                Path(self.path(name)).write_text(jsmin(self._text(name)), encoding="utf-8")

    def _text(self, name: str) -> str:
        return Path(self.path(name)).read_text(encoding="utf-8")


def static_version(folder: Path) -> str:
    """A short digest of every file below `folder`, of what makes bundles of them, and of the versions of the
    packages with static files."""
    found = hashlib.sha256()
    for maker in (Path(__file__), Path(__file__).with_name("bundles.py")):
        found.update(maker.read_bytes())
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
