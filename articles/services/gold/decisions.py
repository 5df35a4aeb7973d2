"""The record of how disagreements were settled. The changes in gold are edits of their own."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.users.models import User
from articles.domain.gold.disagreements import Item, Said
from articles.domain.gold.settling import NOTHING
from articles.domain.gold.told import told
from articles.models import Decision, DecisionReading, Edit
from articles.queries.gold.adjudication import Adjudication


def record_decisions(*, adjudication: Adjudication, edits: Iterable[Edit], by: User) -> None:
    """Keep what these applied `decide` edits say, with what each reader had said."""
    for edit in edits:
        data = edit.data["decision"]
        item = adjudication.item(data["item"])
        if item is None:
            continue
        reader = data.get("reader") or ""
        decision = _decision(item, edit, choice=data["choice"], reader=reader, by=by)
        decision.reason = (data.get("reason") or "").strip()
        taken = item.said[adjudication.letters.index(reader)] if reader else NOTHING
        _record(decision, item, adjudication, taken)


def record_majority(*, item: Item, said: Said, adjudication: Adjudication, edit: Edit) -> None:
    """Keep that most readers agreed, and that nobody had to decide."""
    decision = _decision(item, edit, choice=Decision.Choice.MAJORITY, reader="", by=None)
    _record(decision, item, adjudication, said)


def _decision(item: Item, edit: Edit, *, choice: str, reader: str, by: User | None) -> Decision:
    return Decision(
        article_id=edit.layer.article_id,
        edit=edit,
        by=by,
        item=item.key,
        kind=item.kind,
        name=item.name,
        start=item.start,
        end=item.end,
        choice=choice,
        reader=reader,
    )


def _record(decision: Decision, item: Item, adjudication: Adjudication, taken: Said) -> None:
    """Store the decision with what each reader said. Who said what was taken is upheld; if no reading was
    taken, nobody is."""
    decision.save()
    follows = decision.choice in (Decision.Choice.READING, Decision.Choice.MAJORITY)
    entities = adjudication.found.entities
    DecisionReading.objects.bulk_create(
        DecisionReading(
            decision=decision, layer=layer, said=told(said, entities), upheld=follows and said == taken
        )
        for layer, said in zip(adjudication.layers, item.said, strict=True)
    )
