"""Releases made in one go, and what is in them."""

from __future__ import annotations

import zipfile
from random import Random
from typing import Any

import orjson

from annotator.users.models import Project, User
from articles.formats.base import ParsedArticle
from articles.models import Article, Release, ReleaseArticle
from articles.queries.exports.packages import ExportQuery
from articles.queries.exports.splits import Split
from articles.queries.files import open_stored
from articles.queries.releases.query import ReleaseQuery
from articles.services.intake.articles import store_articles
from articles.services.intake.authors import Target
from articles.services.releases.releasing import start_release, work_on_release
from tests.builders import make_span


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


WORDS = ("harbour", "ferry", "bread", "glacier", "bridge", "rail", "court", "film", "storm", "marathon")


THREE = Split({"train": 80, "dev": 10, "test": 10})


def different(project: Project, count: int, *, seed: int = 0, source: str = "") -> list[Article]:
    """Articles that have nothing to do with each other; every fifth has a label of its own."""
    chance = Random(seed)
    parsed = []
    for number in range(count):
        text = " ".join(f"{chance.choice(WORDS)}{chance.randrange(1000)}" for _ in range(40))
        label = "GPE" if number % 5 == 0 else "PERSON"
        parsed.append(ParsedArticle(text=text, file="test", spans=(make_span(0, 4, label),), source=source))
    target = Target(user=None, by=None)
    ids = store_articles(project=project, articles=parsed, target=target)
    return list(Article.objects.filter(pk__in=ids).order_by("pk"))


def parts_of(release: Release) -> dict[int, str]:
    return dict(ReleaseArticle.objects.filter(release=release).values_list("article", "part"))
