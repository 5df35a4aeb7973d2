"""Releases made in one go, and what is in them."""

from __future__ import annotations

import zipfile
from typing import Any

import orjson

from annotator.users.models import Project, User
from articles.models import Release
from articles.queries.files import open_stored
from articles.queries.packages import ExportQuery
from articles.queries.release_queries import ReleaseQuery
from articles.services.releases import start_release, work_on_release


def begin_release(
    project: Project,
    by: User,
    *,
    title: str = "",
    notes: str = "",
    query: ReleaseQuery | None = None,
    **export: Any,
) -> Release:
    """A release that waits for a worker. `export` are fields of its ExportQuery."""
    return start_release(
        project=project,
        by=by,
        query=query or ReleaseQuery(ExportQuery(**export)),
        title=title,
        notes=notes,
        enqueue=lambda _: None,
    )


def make_release(project: Project, by: User, **fields: Any) -> Release:
    """A finished one."""
    release = begin_release(project, by, **fields)
    work_on_release(release.job_id)
    release = Release.objects.select_related("file", "job", "project").get(pk=release.pk)
    assert release.file, release.job.error
    return release


def sha256_of(release: Release) -> str:
    assert release.file
    return release.file.sha256


def unpacked(release: Release) -> dict[str, bytes]:
    """Every file of the zip, in its order."""
    assert release.file
    with zipfile.ZipFile(open_stored(release.file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines(content: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in content.splitlines()]
