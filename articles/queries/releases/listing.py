"""Releases as they are listed and read, and the parts that they gave articles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from django.db.models import F, Q, QuerySet, Sum

from annotator.users.models import Project
from articles.models import Correction, Release, ReleaseArticle, StoredFile
from articles.models.files import PART_BYTES
from articles.queries.files import open_stored


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


def earlier_parts(project: Project, parts: Collection[str]) -> dict[int, str]:
    """The part of each article in the newest finished release that has it in one of these parts."""
    rows = ReleaseArticle.objects.filter(
        release__project=project, release__file__isnull=False, part__in=parts
    )
    newest = rows.order_by("article", "-release__number").distinct("article")
    found = dict(newest.values_list("article", "part").iterator())
    made = Correction.objects.filter(article__project=project).order_by("pk")
    for text, corrected in made.values_list("article", "corrected"):
        _stand_in_one_part(found, text, corrected)
    return found


def _stand_in_one_part(found: dict[int, str], text: int, corrected: int) -> None:
    """Two texts of one article stand in one part: the one that has no part gets the other's."""
    part = found.get(text) or found.get(corrected)
    if part:
        found.setdefault(text, part)
        found.setdefault(corrected, part)


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
