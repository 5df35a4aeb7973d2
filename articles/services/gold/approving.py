"""Gold: drafted from what annotators submitted, corrected and approved by a reviewer."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import GoldRule, User
from articles.domain.gold.drafting import agreed_state, settle_by_majority
from articles.domain.layers.state import LayerState, obstacle_to_submitting
from articles.models import Article, Assignment, Edit, Event, Layer, Notification, Review
from articles.queries.gold.adjudication import adjudication_of
from articles.services.articles import lock_articles, refresh_status
from articles.services.gold.decisions import record_majority
from articles.services.gold.feedback import give_feedback
from articles.services.layers import load_state, lock_gold_layer, save_changes
from articles.services.notifications.telling import tell
from articles.services.notifications.webhooks import announce_article

# How many characters of a comment are quoted in the news about it.
QUOTED = 200


def draft_gold(*, article: Article) -> None:
    """Fill the gold layer with the spans on which all submitted layers agree.

    With one annotator that is the whole of their work; with more, what is left over is for the reviewer to
    settle, unless the project lets a majority decide. Where nothing is left, the project may let the article
    be gold at once. A gold layer that a reviewer has begun is left alone. Locks the gold layer; the caller
    has locked the article.
    """
    with transaction.atomic():
        gold = lock_gold_layer(article=article)
        if gold.begun_at or gold.approved_at:
            return
        definition = published_definition(article.project_id)
        adjudication = adjudication_of(article)
        before = load_state(gold, length=article.length, definition=definition)
        after = agreed_state(adjudication.found, before)
        rule = article.project.gold_rule
        settled = settle_by_majority(adjudication.found, after) if rule == GoldRule.MAJORITY else []
        save_changes(gold, before=before, after=after)
        edit = record_whole_layer(gold, after, op="draft_gold", by=None)
        for item, said in settled:
            record_majority(item=item, said=said, adjudication=adjudication, edit=edit)
        is_whole = len(adjudication.layers) > 1 and len(settled) == len(adjudication.found.items)
        if is_whole and rule != GoldRule.REVIEWER and not obstacle_to_submitting(after, article.text):
            _close(article, gold, by=None)
            refresh_status(article_id=article.pk)


def approve(*, article: Article, by: User, comment: str = "", version: int | None = None) -> str:
    """Declare the gold layer final. Locks article, then gold layer. Approving twice is harmless.

    Raises Refused naming what keeps it from being final: also that it is not the layer's `version` which the
    reviewer saw, if that is given.
    """
    with transaction.atomic():
        lock_articles([article.pk])
        gold = lock_gold_layer(article=article)
        if gold.approved_at is None:
            if version not in (None, gold.version):
                raise Refused(_("Somebody else has changed gold meanwhile. Look at it, then approve it."))
            definition = published_definition(article.project_id)
            state = load_state(gold, length=article.length, definition=definition)
            obstacle = obstacle_to_submitting(state, article.text)
            if obstacle:
                raise Refused(obstacle)
            _close(article, gold, by=by)
            Review.objects.create(
                article=article, reviewer=by, decision=Review.Decision.APPROVED, comment=comment
            )
        return refresh_status(article_id=article.pk)


def send_back(*, article: Article, by: User, comment: str) -> str:
    """Return an article to its annotators with a comment, or take a finished one back into review.

    The reviewer's own corrections in the gold layer stay. Locks article, then gold layer.
    """
    with transaction.atomic():
        lock_articles([article.pk])
        gold = lock_gold_layer(article=article)
        if gold.approved_at:
            Layer.objects.filter(pk=gold.pk).update(approved_at=None, approved_by=None)
            return refresh_status(article_id=article.pk)
        submitted = Assignment.objects.filter(article=article, submitted_at__isnull=False)
        people = list(submitted.values_list("user", flat=True))
        if not people:
            raise Refused(_("Nobody has submitted this article, so there is nobody to send it back to."))
        Layer.objects.by_people().filter(article=article).update(submitted_at=None)
        submitted.update(submitted_at=None, touched_at=timezone.now())
        review = Review.objects.create(
            article=article, reviewer=by, decision=Review.Decision.SENT_BACK, comment=comment
        )
        tell(
            people,
            kind=Notification.Kind.SENT_BACK,
            project_id=article.project_id,
            key=str(review.pk),
            by=by,
            article=article,
            data={"words": comment[:QUOTED]},
        )
        announce_article(Event.SENT_BACK, article, by)
        return refresh_status(article_id=article.pk)


def _close(article: Article, gold: Layer, *, by: User | None) -> None:
    """Declare gold final, and tell annotators what it changed in their work."""
    now = timezone.now()
    announce_article(Event.APPROVED, article, by)
    Layer.objects.filter(pk=gold.pk).update(approved_at=now, approved_by=by, begun_at=gold.begun_at or now)
    give_feedback(article=article, gold=gold)


def record_whole_layer(layer: Layer, state: LayerState, *, op: str, by: User | None) -> Edit:
    """Put a change of the whole layer into its history, as one edit that holds all of it."""
    data = {"spans": [_span_json(state, id_) for id_ in state.spans], "labels": sorted(state.labels)}
    data["relations"] = [
        {
            "id": str(one.id),
            "type": one.type,
            "source": str(one.source),
            "target": str(one.target),
            "attributes": dict(one.attributes),
        }
        for one in state.relations.values()
    ]
    if state.rejections:
        places = state.rejections
        data["rejected"] = [{"start": start, "end": end, "label": label} for start, end, label in places]
    version = layer.version + 1
    Layer.objects.filter(pk=layer.pk).update(version=version)
    return Edit.objects.create(id=uuid4(), layer=layer, author=by, op=op, data=data, version=version)


def _span_json(state: LayerState, id_: UUID) -> dict[str, Any]:
    span = state.spans[id_]
    origin = state.origins.get(id_)
    return {
        "id": str(id_),
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "fragments": [list(piece) for piece in span.fragments],
        "attributes": dict(span.attributes),
        "suggestion": str(origin) if origin else None,
    }
