"""Releases, and what changed from one to the next: sets of rows, compared in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zipfile import ZipFile

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from annotator.schemas.changes import changes_between
from annotator.schemas.definition import parse_definition
from annotator.users.models import Project
from articles.models import Release, ReleaseArticle, StoredFile
from articles.models.files import PART_BYTES
from articles.queries.files import open_stored

KINDS = ("added", "removed", "changed", "moved")


@dataclass(frozen=True)
class ChangedArticle:
    """`was` and `now` are parts; None where the article is not in that release."""

    id: int
    title: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class Difference:
    """How many articles differ between two releases, by kind, and the first ones of each."""

    counts: Mapping[str, int]
    articles: Mapping[str, list[ChangedArticle]]


def releases_of(project: Project) -> QuerySet[Release]:
    """For lists: `counts` and `changes` of the manifest, without the rest of it."""
    rows = Release.objects.filter(project=project).select_related("created_by", "job__project", "file")
    told = {"counts": F("manifest__counts"), "changes": F("manifest__changes")}
    return rows.annotate(**told).defer("manifest", "card", "notes")


@dataclass(frozen=True)
class Storage:
    """Bytes of stored files: of releases, and of uploads that were not imported yet."""

    releases: int
    uploads: int


def storage_used() -> Storage:
    held, waiting = Q(release__isnull=False), Q(release__isnull=True)
    sums = StoredFile.objects.aggregate(held=Sum("size", filter=held), waiting=Sum("size", filter=waiting))
    return Storage(sums["held"] or 0, sums["waiting"] or 0)


def layer_choices(project: Project) -> list[tuple[str, str]]:
    """The layers that can be released, with their names for people."""
    people = project.memberships.select_related("user").order_by("user__username")
    engines = project.engines.order_by("name").values_list("name", flat=True)
    return [
        ("gold", "Gold: what reviewers approved"),
        *((f"user:{one.user.username}", one.user.name) for one in people),
        *((f"engine:{name}", f"Engine {name}") for name in engines),
        ("all", "All layers"),
    ]


def release_before(release: Release) -> Release | None:
    """The newest finished release of the project with a smaller number."""
    rows = Release.objects.filter(project=release.project_id, number__lt=release.number, file__isnull=False)
    return rows.order_by("-number").first()


def earlier_parts(project: Project, parts: Collection[str]) -> dict[int, str]:
    """The part of each article in the newest finished release that has it in one of these parts."""
    rows = ReleaseArticle.objects.filter(
        release__project=project, release__file__isnull=False, part__in=parts
    )
    newest = rows.order_by("article", "-release__number").distinct("article")
    return dict(newest.values_list("article", "part").iterator())


def difference(before: Release, after: Release, *, shown: int = 0) -> Difference:
    """What `after` holds otherwise than `before`, with at most `shown` articles of each kind."""
    counts = dict.fromkeys(KINDS, 0)
    articles: dict[str, list[ChangedArticle]] = {kind: [] for kind in KINDS}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCE, [before.pk, after.pk, max(1, shown)])
        for kind, count, *article in cursor.fetchall():
            counts[kind] = count
            articles[kind].append(ChangedArticle(*article))
    return Difference(counts, {kind: rows[:shown] for kind, rows in articles.items()})


_DIFFERENCE = """
WITH before AS (SELECT article_id, part, digest FROM articles_releasearticle WHERE release_id = %s),
     after AS (SELECT article_id, part, digest FROM articles_releasearticle WHERE release_id = %s),
     change AS (
        SELECT kind, article_id, before.part AS was, after.part AS now,
            count(*) OVER (PARTITION BY kind) AS total,
            row_number() OVER (PARTITION BY kind ORDER BY article_id) AS place
        FROM before FULL JOIN after USING (article_id)
        CROSS JOIN LATERAL (VALUES
            ('added', before.digest IS NULL),
            ('removed', after.digest IS NULL),
            ('changed', before.digest <> after.digest),
            ('moved', before.part <> after.part AND before.part <> '' AND after.part <> '')
        ) AS kinds (kind, holds)
        WHERE holds)
SELECT kind, total, a.id, a.title, was, now
FROM change JOIN articles_article a ON a.id = article_id
WHERE place <= %s ORDER BY kind, place
"""


def changes_since(before: Release, after: Release, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Articles, labels and schema, for the manifest of `after`, which is given as it is so far."""
    then, now = before.manifest["counts"]["labels"], manifest["counts"]["labels"]
    definitions = [parse_definition(one["schema"]["definition"]) for one in (before.manifest, manifest)]
    return {
        "since": before.number,
        **difference(before, after).counts,
        "labels": {
            name: {"was": then.get(name, 0), "is": now.get(name, 0)}
            for name in sorted(then.keys() | now.keys())
            if then.get(name, 0) != now.get(name, 0)
        },
        "schema": changes_between(*definitions),
    }


def changes_with_articles(release: Release, *, shown: int) -> dict[str, Any] | None:
    """What the manifest says of changes, with the first articles of each kind; None for a first release."""
    changes = release.manifest.get("changes")
    if changes is None:
        return None
    before = Release.objects.get(project=release.project_id, number=changes["since"])
    found = difference(before, release, shown=shown)
    return {**changes, "articles": {kind: [asdict(one) for one in found.articles[kind]] for kind in KINDS}}


@dataclass(frozen=True)
class PackedFile:
    """A file inside a release's zip. The manifest, which cannot hold its own digest, goes by the zip's."""

    name: str
    size: int
    sha256: str


def packed_file(release: Release, name: str) -> PackedFile | None:
    """A file of a finished release; None if it has no such file."""
    if release.file is None:
        return None
    with ZipFile(open_stored(release.file)) as archive:
        if name not in archive.NameToInfo:
            return None
        size = archive.getinfo(name).file_size
    digests = {file["name"]: file["sha256"] for file in release.manifest["files"]}
    return PackedFile(name, size, digests.get(name, release.file.sha256))


def unpacked_bytes(archive: StoredFile, name: str, start: int, end: int) -> Iterator[bytes]:
    """Bytes `[start, end)` of a file in a zip, piece by piece."""
    with ZipFile(open_stored(archive)) as opened, opened.open(name) as member:
        member.seek(start)
        left = end - start
        while left > 0 and (piece := member.read(min(left, PART_BYTES))):
            left -= len(piece)
            yield piece
