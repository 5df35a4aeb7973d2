"""How a release is made: its articles are dealt out to parts, recorded, counted, and written into one zip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from tempfile import TemporaryFile
from typing import Any

from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext

from annotator import VERSION
from annotator.lib.errors import Refused
from annotator.schemas.queries import published_version
from annotator.users.models import Membership, Role
from articles.models import Notification, Release
from articles.models.files import PART_BYTES
from articles.queries.exports.splits import parts_of
from articles.queries.releases.changes import changes_since, release_before
from articles.queries.releases.figures import agreement_on, authors_of, origin_of, part_counts, sum_of
from articles.queries.releases.listing import earlier_parts
from articles.queries.releases.query import ReleaseQuery
from articles.services.files import store_file
from articles.services.jobs.lifecycle import Progress
from articles.services.notifications.telling import tell
from articles.services.notifications.webhooks import announce_release
from articles.services.releases.archive import ReleaseArchive

MANIFEST_VERSION = 1


def make_release(release: Release, progress: Progress) -> None:
    """Fill a release with what its question finds. The caller owns the transaction and its snapshot.

    Raises Refused when nothing fits any more, and Cancelled.
    """
    query = ReleaseQuery.from_json(release.query)
    _record_articles(release, query, _parts(release, query))
    archive = ReleaseArchive(release, query, _manifest(release, query), progress)
    # Articles come by a COPY, during which the connection can store nothing.
    with TemporaryFile() as file:
        with closing(archive.pieces()) as pieces:
            file.writelines(pieces)
        file.seek(0)
        stored = store_file(name=archive.name, pieces=iter(lambda: file.read(PART_BYTES), b""))
    Release.objects.filter(pk=release.pk).update(
        file=stored, manifest=archive.manifest, card=archive.card, published_at=Now()
    )
    announce_release(release)
    _tell_team(release)


def _tell_team(release: Release) -> None:
    """Managers, and whoever asked for it: who waited may have gone on to other things."""
    managers = Membership.objects.filter(project=release.project_id, role=Role.MANAGER)
    tell(
        {release.created_by_id, *managers.values_list("user", flat=True)},
        kind=Notification.Kind.RELEASED,
        project_id=release.project_id,
        key=str(release.pk),
        by=None,
        data={"number": release.number, "words": release.title},
    )


def _parts(release: Release, query: ReleaseQuery) -> Mapping[str, Sequence[int]]:
    """The articles of each part; nothing without a split."""
    split = query.export.split
    if split is None:
        return {}
    earlier = earlier_parts(release.project, split.shares) if query.keep_parts else {}
    articles = query.articles(release.project, user=release.created_by)
    return parts_of(articles, query.export.layer, split, earlier=earlier)


def _record_articles(release: Release, query: ReleaseQuery, parts: Mapping[str, Sequence[int]]) -> None:
    """A row for each article with its part, a digest of text, metadata and layer, and its spans by label.

    Ids of spans are no part of the digest: a span taken away and marked again the same is no change.
    """
    chosen = query.articles(release.project, user=release.created_by).order_by().values("pk")
    articles, article_params = chosen.query.sql_with_params()
    layers, layer_params = query.layers(release.project).values("pk", "article").query.sql_with_params()
    ids = [article for part in parts.values() for article in part]
    names = [name for name, part in parts.items() for _ in part]
    with connection.cursor() as cursor:
        sql = _RECORD.format(articles=articles, layers=layers)
        cursor.execute(sql, [ids, names, *layer_params, *article_params, release.pk])
        if not cursor.rowcount:
            raise Refused(gettext("No article fits any more, so the release would be empty."))


_RECORD = """
WITH parts AS (SELECT * FROM unnest(%s::bigint[], %s::text[]) AS parts (article_id, name)),
     chosen AS (
        SELECT a.id, array_agg(l.id) AS layers
        FROM articles_article a LEFT JOIN ({layers}) AS l (id, article_id) ON l.article_id = a.id
        WHERE a.id IN ({articles}) GROUP BY a.id)
INSERT INTO articles_releasearticle (release_id, article_id, part, digest, labels)
SELECT %s, a.id, coalesce(parts.name, ''),
    sha256(convert_to(json_build_array(
        a.sha256, a.external_id, a.title, a.published_on, a.source, a.agency, a.dateline, a.byline,
        a.language, a.url, a.metadata,
        (SELECT json_agg(json_build_array(l.kind, l.user_id, l.engine_id,
            (SELECT json_agg(json_build_array(s.start, s."end", s.label, s.fragments, s.attributes,
                s.confidence) ORDER BY s.start, s."end", s.label, s.fragments, s.attributes)
             FROM articles_span s WHERE s.layer_id = l.id),
            (SELECT json_agg(json_build_array(r.type, s.start, s."end", s.label, t.start, t."end", t.label,
                r.attributes) ORDER BY r.type, s.start, s."end", s.label, t.start, t."end", t.label,
                r.attributes)
             FROM articles_relation r JOIN articles_span s ON s.id = r.source_id
                JOIN articles_span t ON t.id = r.target_id WHERE r.layer_id = l.id),
            (SELECT json_agg(n.name ORDER BY n.name) FROM articles_layerlabel n WHERE n.layer_id = l.id)
            ) ORDER BY l.kind, l.user_id, l.engine_id)
         FROM articles_layer l WHERE l.id = ANY (chosen.layers))
    )::text, 'UTF8')),
    (SELECT coalesce(jsonb_object_agg(c.label, c.spans), '{{}}')
     FROM (SELECT label, count(*) AS spans FROM articles_span s WHERE s.layer_id = ANY (chosen.layers)
           GROUP BY label) AS c)
FROM chosen JOIN articles_article a USING (id) LEFT JOIN parts ON parts.article_id = a.id
ORDER BY a.id
"""


def _manifest(release: Release, query: ReleaseQuery) -> dict[str, Any]:
    """All that is known before the files are written."""
    project, schema = release.project, published_version(release.project_id)
    parts = part_counts(release, query.layers(project), query.parts)
    manifest = {
        "format_version": MANIFEST_VERSION,
        "software": {"name": "annotator", "version": VERSION},
        "project": {"slug": project.slug, "name": project.name, "description": project.description},
        "release": release.number,
        "title": release.title,
        "notes": release.notes,
        "created_at": release.created_at.isoformat(),
        "query": release.query,
        "schema": {"version": schema.number, "definition": schema.definition.to_dict()},
        "counts": sum_of(parts),
        "parts": parts,
        **origin_of(release),
        "agreement": agreement_on(release).summary(),
        "authors": authors_of(release) if query.authors else [],
    }
    before = release_before(release)
    return {**manifest, "changes": changes_since(before, release, manifest) if before else None}
