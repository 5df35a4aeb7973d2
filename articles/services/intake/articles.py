"""Articles and their layers, written with COPY: the way in for imports, the API and the demo."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from annotator.lib import advisory_locks
from annotator.lib.copying import copy_rows
from annotator.users.models import Project
from articles.domain.newswire.header import read_header
from articles.domain.newswire.headline import headline_of
from articles.domain.newswire.language import detect_language
from articles.domain.status import derive_status
from articles.formats.base import ParsedArticle
from articles.models import Article, Layer, Status
from articles.queries.assignments.standing import wanted_of
from articles.services.gold.approving import draft_gold
from articles.services.intake.authors import Authors, Target
from articles.services.intake.extras import store_talks, store_tokens
from articles.services.intake.layers import IncomingLayer, LayerRows, next_ids

_SUBMITTED = Status.SUBMITTED.value


def lock_intake(project: Project, *, seconds: int | None = None) -> bool:
    """Keep others from adding articles to the project until the transaction ends, so that the same article
    sent twice at once is seen as a repeat. Answers False when waiting for them takes longer than `seconds`;
    the transaction can then only be rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds or 0}s"])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [advisory_locks.INTAKE, project.pk])
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                return False
            raise
    return True


def store_articles(
    *,
    project: Project,
    articles: Sequence[ParsedArticle],
    target: Target,
    before_writing: Callable[[], None] = lambda: None,
) -> list[int]:
    """Write articles with all that came with them: the reading that goes to `target`, the layers that the
    input names itself, comments and tokens. Answers the new ids in order.

    The caller has checked the articles against the schema, has added what `with_newswire` tells and owns the
    transaction. `before_writing` is called when all rows are made and writing begins. Raises Invalid for an
    author that the input names and that cannot have a layer in the project.
    """
    if not articles:
        return []
    ids = next_ids("articles_article", len(articles))
    authors = Authors(project, target)
    incoming = [authors.layers_of(id_, one) for id_, one in zip(ids, articles, strict=True)]
    statuses = [_status(project, id_, layers) for id_, layers in zip(ids, incoming, strict=True)]
    numbered = zip(ids, articles, statuses, incoming, strict=True)
    rows = [
        (*_article_row(project, id_, one), status, _people(layers) < wanted_of(project, id_))
        for id_, one, status, layers in numbered
    ]
    submitted = [layers for layers, status in zip(incoming, statuses, strict=True) if status == _SUBMITTED]
    drafts = [draft for layers in submitted if (draft := _draft(layers))]
    layer_rows = LayerRows.of([one for layers in incoming for one in layers] + drafts)
    before_writing()
    copy_rows(_ARTICLES, rows)
    layer_rows.write()
    talked = [_talking_of_new_spans(one, layers) for one, layers in zip(articles, incoming, strict=True)]
    store_talks(zip(ids, talked, strict=True), project=project, by=target.by)
    store_tokens(zip(ids, articles, strict=True))
    _draft_from_several(layers for layers in submitted if _draft(layers) is None)
    return ids


def _talking_of_new_spans(article: ParsedArticle, layers: Sequence[IncomingLayer]) -> ParsedArticle:
    """Spans have new ids now, and comments follow theirs."""
    if not any(talk.span for talk in article.talks):
        return article
    new_ids = {old: UUID(new) for layer in layers for old, new in layer.new_ids.items()}
    talks = [replace(talk, span=talk.span and new_ids.get(talk.span)) for talk in article.talks]
    return replace(article, talks=tuple(talks))


def _people(layers: Sequence[IncomingLayer]) -> int:
    return sum(one.kind == Layer.Kind.USER for one in layers)


def _status(project: Project, article_id: int, layers: Sequence[IncomingLayer]) -> str:
    kinds = Counter(one.kind for one in layers)
    people = _people(layers)
    return derive_status(
        approved=bool(kinds[Layer.Kind.GOLD]),
        review_began=False,
        submissions=people,
        needed=wanted_of(project, article_id),
        begun=people > 0,
        suggested=bool(kinds[Layer.Kind.ENGINE]),
    )


def _draft(layers: Sequence[IncomingLayer]) -> IncomingLayer | None:
    """With one annotator, the draft of gold is the whole of their work."""
    people = [one for one in layers if one.kind == Layer.Kind.USER]
    if len(people) != 1:
        return None
    return replace(people[0], kind=Layer.Kind.GOLD, user=None, op="draft_gold", by=None, is_final=False)


def _draft_from_several(submitted: Iterable[Sequence[IncomingLayer]]) -> None:
    """With several annotators, the draft of gold is what they agree on."""
    ids = [layers[0].article for layers in submitted]
    for article in Article.objects.filter(pk__in=ids).select_related("project"):
        draft_gold(article=article)


def with_newswire(article: ParsedArticle) -> ParsedArticle:
    """The article with what its text says of itself, where the input said nothing: headline, date, dateline,
    byline, agency and language."""
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
dateline, byline, language, url, external_id, metadata, status, has_room) FROM STDIN"""


def _article_row(project: Project, id_: int, one: ParsedArticle) -> tuple[Any, ...]:
    """Without its status, and whether it has room."""
    metadata = dict(one.metadata)
    agency = metadata.pop("agency", "")
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
        orjson.dumps(metadata).decode(),
    )
