"""What an annotator has handed in of one article of a story, as suggestions to them in another.

Nothing is stored and nobody else sees it: they are their own words about the same words.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from annotator.schemas.queries import published_definition
from annotator.users.models import User
from articles.domain.stories.carrying import Alignment, carry_over
from articles.domain.suggestions.conflicts import without_conflicts
from articles.models import Article, Layer, Span
from articles.queries.layers.bodies import settled_mentions
from articles.queries.stories.carrying import span_of
from articles.queries.stories.members import in_story_of

OWN = "you"
NAMESPACE = UUID("9f0c5a6a-3f0e-4a0e-8f57-5a8a9c1d7b21")


def with_own_readings(
    offered: list[dict[str, Any]], article: Article, layer: Layer | None, user: User
) -> list[dict[str, Any]]:
    """The suggestions of `open_suggestions`, and before them what the user handed in of the same words in the
    last article of the story that they have done, in the same shape and order.

    Links do not come along: the relations of a reprint are drawn anew.
    """
    if not article.project.carries_over or (layer and layer.submitted_at):
        return offered
    own = _own(article, layer, user)
    if not own:
        return offered
    definition = published_definition(article.project_id)
    taken = list(Span.objects.filter(layer=layer).values_list("start", "end")) if layer else []
    mine = without_conflicts(own, taken, definition.overlap)
    mentions = {_mention(one): one for one in mine}
    for one in offered:
        if same := mentions.get(_mention(one)):
            same.update(sources=[OWN, *one["sources"]], links=one["links"], id=one["id"])
    others = [one for one in offered if _mention(one) not in mentions]
    places = [*taken, *((one["start"], one["end"]) for one in mine)]
    shown = [*mine, *without_conflicts(others, places, definition.overlap)]
    return sorted(shown, key=lambda one: (one["start"], -one["end"], one["label"]))


def _own(article: Article, layer: Layer | None, user: User) -> list[dict[str, Any]]:
    others = in_story_of(article).exclude(pk=article.pk)
    done = Layer.objects.by_user(user).filter(submitted_at__isnull=False, article__in=others.order_by())
    last = done.select_related("article").order_by("-submitted_at").first()
    if last is None:
        return []
    labels = published_definition(article.project_id).active_names
    settled = settled_mentions(layer) if layer else set()
    spans = [span_of(row) for row in Span.objects.filter(layer=last)]
    found = carry_over(spans, [], Alignment(last.article.text, article.text)).suggestions
    return [
        {
            "id": uuid5(NAMESPACE, f"{article.pk}/{user.pk}/{one.start}/{one.end}/{one.label}"),
            "start": one.start,
            "end": one.end,
            "label": one.label,
            "confidence": None,
            "sources": [OWN],
            "links": [],
        }
        for one in found
        if one.label in labels and (one.start, one.end, one.label) not in settled
    ]


def _mention(one: dict[str, Any]) -> tuple[int, int, str]:
    return one["start"], one["end"], one["label"]
