"""The part of a bulk edit that lies in one article: done or undone, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from annotator.lib.errors import Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import User
from articles.domain.bulk_edits import Change, edit_id
from articles.domain.layers.edits import EditRequest
from articles.models import Article, BulkEdit, BulkPlace, Job, Layer
from articles.queries.bulk_plans import (
    Place,
    Target,
    linked_spans,
    obstacles,
    refusal_of,
    spans_near,
    state_of,
)
from articles.queries.known_gold.known_articles import is_given_to
from articles.services.articles import lock_articles
from articles.services.edits import edit_gold_layer, edit_own_layer
from articles.services.gold.approving import approve, send_back

CHANGED = "This place has been changed since."


def change_article(*, bulk: BulkEdit, job: Job, article_id: int, by: User) -> int:
    """Do, or undo, what is left in one article. Answers how many places were settled.

    Locks the article, then its layer. What is refused changes nothing and is written down with the reason.
    """
    undo = bool(job.params.get("undo"))
    with transaction.atomic():
        lock_articles([article_id])
        state = BulkPlace.State.DONE if undo else BulkPlace.State.WAITING
        rows = list(bulk.places.filter(article=article_id, state=state).order_by("start", "end", "pk"))
        reasons = _change(bulk, job, article_id, by, rows)
        _settle(bulk, rows, reasons, undo=undo)
    return len(rows)


def _settle(bulk: BulkEdit, rows: Sequence[BulkPlace], reasons: Sequence[str], *, undo: bool) -> None:
    """Write down what became of the places: one statement for those that were done, one for each reason."""
    done, refused = BulkPlace.State.DONE, BulkPlace.State.REFUSED
    if undo:
        done, refused = BulkPlace.State.UNDONE, BulkPlace.State.KEPT
    by_reason = defaultdict[str, list[int]](list)
    for row, reason in zip(rows, reasons, strict=True):
        by_reason[reason].append(row.pk)
    for reason, ids in by_reason.items():
        bulk.places.filter(pk__in=ids).update(state=refused if reason else done, reason=reason)


def _change(bulk: BulkEdit, job: Job, article_id: int, by: User, rows: Sequence[BulkPlace]) -> list[str]:
    """Change the layer. Answers for each row why it was refused; an empty text where it was done."""
    article = Article.objects.select_related("project").defer("text").get(pk=article_id)
    target = Target(by, bulk.is_gold, bulk.reopens)
    layers = target.layers([article_id])
    closed = obstacles(target, {article_id: article}, layers)
    if closed or (article.archived_at and not is_given_to(article, by)):
        return [closed.get(article_id, "This article is archived.")] * len(rows)
    reasons, edits = _edits(bulk, job, article, layers, rows)
    if edits:
        try:
            with transaction.atomic():
                _write(bulk, article, by, edits)
        except Refused as refusal:
            return [reason or refusal.reason for reason in reasons]
    return reasons


def _edits(
    bulk: BulkEdit, job: Job, article: Article, layers: dict[int, Layer], rows: Sequence[BulkPlace]
) -> tuple[list[str], list[EditRequest]]:
    """For each row why it cannot be done in the layer as it is now (an empty text where it can), and the
    edits that do the others."""
    undo = bool(job.params.get("undo"))
    places = [Place(article.pk, row.start, row.end) for row in rows]
    standing = spans_near(layers, places).get(article.pk, [])
    state = state_of(article.length, published_definition(article.project_id), standing)
    linked = linked_spans(one.id for one in standing)
    now = {one.id: one.data for one in standing}
    purpose = f"undo {job.pk}" if undo else "do"
    reasons, edits = list[str](), list[EditRequest]()
    for row in rows:
        assert row.span
        change = Change(row.span, row.before, row.after)
        change = change.reversed() if undo else change
        as_seen = now.get(change.span) == change.before
        reason = refusal_of(change, state, linked) if as_seen else CHANGED
        reasons.append(reason)
        if not reason:
            edits.append(change.edit(edit_id(bulk.pk, purpose, change.span)))
    return reasons, edits


def _write(bulk: BulkEdit, article: Article, by: User, edits: list[EditRequest]) -> None:
    """Apply the edits by the same services as people's own edits. Raises Refused."""
    if not bulk.is_gold:
        results = edit_own_layer(article=article, by=by, edits=edits).results
    elif article.status == "gold":
        send_back(article=article, by=by, comment="")
        results = edit_gold_layer(article=article, by=by, edits=edits).results
        approve(article=article, by=by, comment=f"Bulk edit: {bulk}")
    else:
        results = edit_gold_layer(article=article, by=by, edits=edits).results
    refused = [one.reason for one in results if one.status == "rejected"]
    if refused:
        raise Refused(refused[0])
