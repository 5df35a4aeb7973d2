"""Articles and their layers, written with COPY: the way in for imports, the API and the demo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable
from psycopg.types.json import Jsonb

from annotator.lib.ids import ordered_uuids
from annotator.users.models import Project, User
from articles.domain.headline import headline_of
from articles.domain.language import detect_language
from articles.domain.newswire import read_header
from articles.domain.spans import Relation, Span
from articles.formats.base import ParsedArticle
from articles.models import Article, Layer, Status
from articles.services.articles import refresh_status
from articles.services.gold import draft_gold


@dataclass(frozen=True)
class Target:
    """Where imported spans go: the gold layer (approved by `by`), or the submitted layer of `user`."""

    user: User | None
    by: User | None


GOLD = "gold"


# The first half of the advisory locks' keys; the second is the project's id.
_INTAKE_LOCK = 4_201


def lock_intake(project: Project, *, seconds: int | None = None) -> bool:
    """Let in one at a time until the transaction ends, so that two who bring the same article at once are
    seen as a repeat. False, with the transaction lost, when that takes longer than `seconds`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds or 0}s"])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_INTAKE_LOCK, project.pk])
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                return False
            raise
    return True


def store_articles(*, project: Project, articles: Sequence[ParsedArticle], target: Target) -> list[int]:
    """Write articles and, for those that carry spans or labels, a layer each. Answers the new ids in order.

    The caller has checked the articles against the schema and owns the transaction.
    """
    if not articles:
        return []
    articles = [with_newswire(article) for article in articles]
    ids = _next_ids("articles_article", len(articles))
    _copy(
        _ARTICLES, (_article_row(project, id_, one, target) for id_, one in zip(ids, articles, strict=True))
    )
    labelled = [(id_, one) for id_, one in zip(ids, articles, strict=True) if _has_layer(one)]
    if labelled:
        _store_layers(labelled, target)
    if labelled and target.user:
        _hand_in([id_ for id_, _ in labelled])
    return ids


def with_newswire(article: ParsedArticle) -> ParsedArticle:
    """The article with what its wire header, its text and its language say, where the input said nothing."""
    header = read_header(article.text)
    metadata = dict(article.metadata)
    if header.agency and not metadata.get("agency"):
        metadata["agency"] = header.agency
    return replace(
        article,
        title=article.title or headline_of(header.headline) or headline_of(article.text, header.body_start),
        published_on=article.published_on or header.published_on,
        dateline=article.dateline or header.dateline,
        byline=article.byline or header.byline,
        language=article.language or detect_language(article.text[header.body_start :]),
        metadata=metadata,
    )


_ARTICLES = """COPY articles_article (id, project_id, text, sha256, title, published_on, source, agency,
dateline, byline, language, url, external_id, metadata, status) FROM STDIN"""
_LAYERS = """COPY articles_layer (id, article_id, kind, user_id, engine_version, version, begun_at,
submitted_at, approved_at, approved_by_id) FROM STDIN"""
_ASSIGNMENTS = "COPY articles_assignment (article_id, user_id, submitted_at) FROM STDIN"
_SPANS = """COPY articles_span (id, layer_id, start, "end", label, fragments, attributes) FROM STDIN"""
_RELATIONS = "COPY articles_relation (id, layer_id, type, source_id, target_id, attributes) FROM STDIN"
_LABELS = "COPY articles_layerlabel (layer_id, name) FROM STDIN"
_EDITS = "COPY articles_edit (id, layer_id, author_id, op, data, version, reason) FROM STDIN"


def _article_row(project: Project, id_: int, one: ParsedArticle, target: Target) -> tuple[Any, ...]:
    metadata = dict(one.metadata)
    agency = metadata.pop("agency", "")
    status = Status.NEW
    if _has_layer(one):
        status = Status.GOLD if target.user is None else Status.SUBMITTED
    return (
        id_,
        project.pk,
        one.text,
        hashlib.sha256(one.text.encode()).hexdigest(),
        one.title[:500],
        one.published_on,
        one.source[:200],
        str(agency)[:200],
        one.dateline[:300],
        one.byline[:300],
        one.language[:35],
        one.url[:2000],
        one.external_id[:200],
        Jsonb(metadata),
        status,
    )


def _has_layer(article: ParsedArticle) -> bool:
    return bool(article.spans or article.labels)


def _store_layers(labelled: list[tuple[int, ParsedArticle]], target: Target) -> None:
    layer_ids = _next_ids("articles_layer", len(labelled))
    now = datetime.now(UTC)
    gold = target.user is None
    by = target.by.pk if target.by else None
    kind, user = (Layer.Kind.GOLD, None) if target.user is None else (Layer.Kind.USER, target.user.pk)
    _copy(
        _LAYERS,
        (
            (
                layer,
                article,
                kind,
                user,
                "",
                1,
                now,
                None if gold else now,
                now if gold else None,
                by if gold else None,
            )
            for layer, (article, _) in zip(layer_ids, labelled, strict=True)
        ),
    )
    if user:
        _copy(_ASSIGNMENTS, ((article, user, now) for article, _ in labelled))
    readings = [_Reading.of(layer, one) for layer, (_, one) in zip(layer_ids, labelled, strict=True)]
    _copy(_SPANS, (row for one in readings for row in one.span_rows()))
    _copy(_RELATIONS, (row for one in readings for row in one.relation_rows()))
    _copy(_LABELS, (row for one in readings for row in one.label_rows()))
    edits = zip(ordered_uuids(len(readings)), readings, strict=True)
    _copy(_EDITS, ((id_, one.layer, by, "import_layer", one.history(), 1, "") for id_, one in edits))


def _hand_in(ids: list[int]) -> None:
    """Imported readings of a person count as submitted: the status follows, and the draft of gold."""
    for article in Article.objects.filter(pk__in=ids).select_related("project").defer("search"):
        if refresh_status(article_id=article.pk) == Status.SUBMITTED:
            draft_gold(article=article)


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article's layer on its way in. Ids of the input are names within the article and no more: `ids` maps
    them to new ones, so that one file can be imported into two projects."""

    layer: int
    article: ParsedArticle
    ids: Mapping[UUID, str]

    @classmethod
    def of(cls, layer: int, article: ParsedArticle) -> _Reading:
        named = [span.id for span in article.spans] + [one.id for one in article.relations]
        return cls(layer, article, dict(zip(named, ordered_uuids(len(named)), strict=True)))

    def span_rows(self) -> Iterable[tuple[Any, ...]]:
        for span in self.article.spans:
            pieces, attributes = _json(span.fragments, "[]"), _json(span.attributes, "{}")
            yield self.ids[span.id], self.layer, span.start, span.end, span.label, pieces, attributes

    def relation_rows(self) -> Iterable[tuple[Any, ...]]:
        for one in self.article.relations:
            ends = (self.ids[one.source], self.ids[one.target])
            yield self.ids[one.id], self.layer, one.type, *ends, _json(one.attributes, "{}")

    def label_rows(self) -> Iterable[tuple[Any, ...]]:
        return ((self.layer, name) for name in sorted(set(self.article.labels)))

    def history(self) -> str:
        """The whole layer as the data of its first edit, so that the sum of the edits is the layer."""
        data = {
            "spans": [self._span_data(span) for span in self.article.spans],
            "relations": [self._relation_data(one) for one in self.article.relations],
            "labels": sorted(set(self.article.labels)),
        }
        return orjson.dumps(data).decode()

    def _span_data(self, span: Span) -> dict[str, Any]:
        return {
            "id": self.ids[span.id],
            "start": span.start,
            "end": span.end,
            "label": span.label,
            "fragments": span.fragments,
            "attributes": dict(span.attributes),
        }

    def _relation_data(self, one: Relation) -> dict[str, Any]:
        return {
            "id": self.ids[one.id],
            "type": one.type,
            "source": self.ids[one.source],
            "target": self.ids[one.target],
            "attributes": dict(one.attributes),
        }


def _json(value: Any, empty: str) -> str:
    """Most spans have neither fragments nor attributes, and there are many spans."""
    return orjson.dumps(value).decode() if value else empty


def _next_ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    # Django does not see a COPY fail by itself; this makes its errors IntegrityError and the like.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
