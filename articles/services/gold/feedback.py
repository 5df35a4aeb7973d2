"""What annotators learn of their work: what gold says where they said something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.gold.disagreements import Disagreements, Item, disagreements
from articles.domain.gold.told import told
from articles.models import Article, Decision, Feedback, Layer
from articles.queries.gold.adjudication import adjudication_of, readings_of, standing_decisions


def give_feedback(*, article: Article, gold: Layer) -> None:
    """Tell all who have handed in what the gold that was just approved changes in their layer. What they were
    told before is not told again. The caller owns the transaction."""
    adjudication = adjudication_of(article)
    layers = adjudication.layers
    if not layers:
        return
    definition = published_definition(article.project_id)
    *said, final = readings_of([*layers, gold])
    found = [disagreements([one, final], definition) for one in said]
    reasons = standing_decisions(adjudication) if any(one.items for one in found) else []
    before = {row.layer_id: row for row in Feedback.objects.filter(layer__in=layers)}
    for layer, differing in zip(layers, found, strict=True):
        changes = [_change(item, differing, reasons) for item in differing.items]
        known = before.get(layer.pk)
        if known and known.changes == changes:
            continue
        if known:
            known.delete()
        Feedback.objects.create(article=article, layer=layer, changes=changes, number=len(changes))


def mark_seen(*, project: Project, by: User) -> int:
    """The person has read the feedback on their own work. Answers how many articles' was new."""
    return Feedback.objects.of(project, by).unseen().update(seen_at=timezone.now())


def _change(item: Item, found: Disagreements, decisions: Sequence[Decision]) -> dict[str, Any]:
    said, gold = (told(one, found.entities) for one in item.said)
    return {
        "kind": item.kind.value,
        "name": item.name,
        "start": item.start,
        "end": item.end,
        "said": said,
        "gold": gold,
        "reason": next((one.reason for one in decisions if one.reason and _is_about(one, item)), ""),
    }


def _is_about(decision: Decision, item: Item) -> bool:
    """Whether what was decided explains the change: the same words, and the same kind of thing about them."""
    if decision.name != item.name or (decision.name and decision.kind != item.kind):
        return False
    if decision.start is None or decision.end is None or item.start is None or item.end is None:
        return decision.start is None and item.start is None
    is_link = {decision.kind == "relation", item.kind == "relation"}
    return len(is_link) == 1 and decision.start < item.end and item.start < decision.end
