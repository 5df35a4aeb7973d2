"""What changed from one release to the next: sets of rows, compared in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from annotator.schemas.changes import changes_between
from annotator.schemas.definition import parse_definition
from articles.models import Release

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


def release_before(release: Release) -> Release | None:
    """The newest finished release of the project with a smaller number."""
    rows = Release.objects.filter(project=release.project_id, number__lt=release.number, file__isnull=False)
    return rows.order_by("-number").first()


def difference(before: Release, after: Release, *, shown: int = 0) -> Difference:
    """How `after` differs from `before`, with at most `shown` articles of each kind."""
    counts = dict.fromkeys(KINDS, 0)
    articles: dict[str, list[ChangedArticle]] = {kind: [] for kind in KINDS}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCE, [after.pk, before.pk, after.pk, max(1, shown)])
        for kind, count, *article in cursor.fetchall():
            counts[kind] = count
            articles[kind].append(ChangedArticle(*article))
    return Difference(counts, {kind: rows[:shown] for kind, rows in articles.items()})


# An article whose text was corrected in between is taken for the one that holds the corrected text.
_DIFFERENCE = """
WITH RECURSIVE corrected AS (
        SELECT corrected_id AS was, article_id AS now FROM articles_correction WHERE undone_at IS NULL
        UNION ALL
        SELECT c.was, further.article_id FROM corrected c
        JOIN articles_correction further ON further.corrected_id = c.now AND further.undone_at IS NULL),
     follows AS (
        SELECT was, now FROM corrected JOIN articles_releasearticle r ON r.article_id = now
        WHERE r.release_id = %s),
     before AS (
        SELECT coalesce(now, article_id) AS article_id, part, digest
        FROM articles_releasearticle LEFT JOIN follows ON was = article_id WHERE release_id = %s),
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
