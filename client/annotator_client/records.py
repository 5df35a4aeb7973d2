"""The articles of a dataset, one in memory at a time: as they are now, or as a release holds them."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from .connection import Connection, Params
from .downloads import lines_of, save_frozen
from .errors import AnnotatorError
from .values import Record, Release


def current_records(connection: Connection, project: str, params: Params) -> Iterator[Record]:
    with connection.stream(f"projects/{project}/export/", {**params, "format": "jsonl"}) as response:
        yield from (json.loads(line) for line in lines_of(response.iter_bytes()))


def released_records(
    connection: Connection, release: Release, part: str | None, *, shown: bool
) -> Iterator[Record]:
    """Raises AnnotatorError for a release that is no JSON Lines, and for a part that it does not have."""
    if release.query.get("format") != "jsonl":
        raise AnnotatorError(
            f"Release {release.number} can be downloaded, but not loaded: only JSON Lines can, and it is "
            f"{release.query.get('format')}."
        )
    archive = _cached(connection, release, shown=shown)
    with zipfile.ZipFile(archive) as opened:
        files = [name for name in opened.namelist() if name.startswith("data/")]
    wanted = files if part is None else [f"data/{part}.jsonl"]
    if not set(wanted) <= set(files):
        raise AnnotatorError(f"Release {release.number} has no part {part!r:.40}, but {', '.join(files)}.")
    return _lines_in(archive, wanted)


def save_release(connection: Connection, release: Release, target: Path, *, shown: bool) -> Path:
    """The release's zip. Raises AnnotatorError, Damaged."""
    if release.size is None or release.sha256 is None:
        raise AnnotatorError(f"Release {release.number} is not finished: its job is {release.job.state}.")
    path = f"releases/{release.id}/download/"
    return save_frozen(connection, path, target, size=release.size, sha256=release.sha256, shown=shown)


def _cached(connection: Connection, release: Release, *, shown: bool) -> Path:
    """Downloaded once: what is released never changes."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "annotator-client"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{release.project}-{release.number}-{release.sha256}.zip"
    return target if target.exists() else save_release(connection, release, target, shown=shown)


def _lines_in(archive: Path, names: Sequence[str]) -> Iterator[Record]:
    with zipfile.ZipFile(archive) as opened:
        for name in names:
            with opened.open(name) as lines:
                for line in lines:
                    record = json.loads(line)
                    if "offsets" in record:
                        raise AnnotatorError(f"{name} counts in {record['offsets']}, not in code points.")
                    yield record
