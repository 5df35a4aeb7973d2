"""Gold: drafted from what annotators submitted, corrected and approved by a reviewer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from annotator.lib.errors import Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import User
from articles.domain.layer_state import LayerState, obstacle_to_submitting
from articles.models import Article, Assignment, Edit, Layer, Review
from articles.services.articles import lock_articles, refresh_status
from articles.services.layers import copy_state, load_state, lock_gold_layer, save_changes

Reading = tuple[int, int, str, tuple[tuple[int, int], ...]]


def draft_gold(*, article: Article) -> None:
    """Fill the gold layer with the spans on which all submitted layers agree.

    With one annotator that is the whole of their work; with more, what is left over is offered to the
    reviewer as suggestions. A gold layer that a reviewer has begun is left alone. Locks the gold layer; the
    caller has locked the article.
    """
    with transaction.atomic():
        gold = lock_gold_layer(article=article)
        if gold.begun_at or gold.approved_at:
            return
        definition = published_definition(article.project_id)
        layers = (
            Layer.objects.by_people()
            .filter(article=article, submitted_at__isnull=False)
            .order_by("submitted_at")
        )
        states = [load_state(layer, length=article.length, definition=definition) for layer in layers]
        before = load_state(gold, length=article.length, definition=definition)
        after = _agreed(states, before)
        save_changes(gold, before=before, after=after)
        record_whole_layer(gold, after, op="draft_gold", by=None)


def approve(*, article: Article, by: User, comment: str = "") -> str:
    """Declare the gold layer final. Locks article, then gold layer. Approving twice is harmless.

    Raises Refused naming what keeps it from being final.
    """
    with transaction.atomic():
        lock_articles([article.pk])
        gold = lock_gold_layer(article=article)
        if gold.approved_at is None:
            definition = published_definition(article.project_id)
            state = load_state(gold, length=article.length, definition=definition)
            obstacle = obstacle_to_submitting(state, article.text)
            if obstacle:
                raise Refused(obstacle)
            now = timezone.now()
            Layer.objects.filter(pk=gold.pk).update(
                approved_at=now, approved_by=by, begun_at=gold.begun_at or now
            )
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
        if not submitted.exists():
            raise Refused("Nobody has submitted this article, so there is nobody to send it back to.")
        Layer.objects.by_people().filter(article=article).update(submitted_at=None)
        submitted.update(submitted_at=None, touched_at=timezone.now())
        Review.objects.create(
            article=article, reviewer=by, decision=Review.Decision.SENT_BACK, comment=comment
        )
        return refresh_status(article_id=article.pk)


def record_whole_layer(layer: Layer, state: LayerState, *, op: str, by: User | None) -> None:
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
    version = layer.version + 1
    Edit.objects.create(id=uuid4(), layer=layer, author=by, op=op, data=data, version=version)
    Layer.objects.filter(pk=layer.pk).update(version=version)


def _agreed(states: list[LayerState], gold: LayerState) -> LayerState:
    """The spans that every state has, under new ids, and the relations and labels that go with them."""
    after = copy_state(gold)
    after.spans, after.relations, after.labels, after.origins = {}, {}, frozenset(), {}
    if not states:
        return after
    votes = Counter(reading for state in states for reading in {_reading(state, id_) for id_ in state.spans})
    first, new_ids = states[0], dict[UUID, UUID]()
    for id_, span in first.spans.items():
        if votes[_reading(first, id_)] == len(states):
            new_ids[id_] = fresh = uuid4()
            after.spans[fresh] = replace(span, id=fresh)
    for relation in first.relations.values():
        if relation.source in new_ids and relation.target in new_ids:
            fresh = uuid4()
            source, target = new_ids[relation.source], new_ids[relation.target]
            after.relations[fresh] = replace(relation, id=fresh, source=source, target=target)
    after.labels = frozenset.intersection(*(state.labels for state in states))
    return after


def _reading(state: LayerState, id_: UUID) -> Reading:
    span = state.spans[id_]
    return span.start, span.end, span.label, span.fragments


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
