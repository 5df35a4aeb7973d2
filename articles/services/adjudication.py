"""Settling disagreements in one call, for programs. The editor sends the edits and the decision itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import User
from articles.domain.gold.disagreements import Item, Said
from articles.domain.gold.settling import NOTHING, edits_to_settle
from articles.domain.layers.edits import EditRequest
from articles.models import Article, Edit
from articles.queries.gold.adjudication import Adjudication, adjudication_of, engine_near, engine_said
from articles.services.articles import lock_articles
from articles.services.edits import Outcome, edit_gold_layer
from articles.services.layers import load_state, lock_gold_layer


def settle(*, article: Article, by: User, decisions: Sequence[Mapping[str, Any]]) -> Outcome:
    """Change gold as each decision says, and keep the decision. All or nothing.

    A decision is `{"id", "item", "choice", "reader", "reason"}`; one whose id is known is not made again.
    `own` and `open` change nothing in gold. Locks article, then gold layer. Raises Refused and Invalid.
    """
    with transaction.atomic():
        lock_articles([article.pk])
        adjudication = adjudication_of(article)
        outcome = Outcome(lock_gold_layer(article=article).version)
        for data in decisions:
            outcome = _settle_one(article, by, adjudication, data)
        return outcome


def _settle_one(article: Article, by: User, adjudication: Adjudication, data: Mapping[str, Any]) -> Outcome:
    identity: UUID = data["id"]
    decide = EditRequest(identity, "decide", {**data, "id": str(identity)})
    edits = [decide]
    if not Edit.objects.filter(pk=identity).exists():
        edits = [*_edits(article, adjudication, data), decide]
    outcome = edit_gold_layer(article=article, by=by, edits=edits)
    refused = next((one for one in outcome.results if one.status == "rejected"), None)
    if refused:
        raise Refused(f"{data['item']}: {refused.reason}")
    return outcome


def _edits(article: Article, adjudication: Adjudication, data: Mapping[str, Any]) -> list[EditRequest]:
    item = adjudication.item(data["item"])
    if item is None:
        raise Refused(_("%(data)s: There is no such disagreement any more.") % {"data": data["item"]})
    said = _said(item, adjudication, data)
    if said is None:
        return []
    gold = lock_gold_layer(article=article)
    definition = published_definition(article.project_id)
    state = load_state(gold, length=article.length, definition=definition)
    edits = edits_to_settle(item, said, adjudication.found, state)
    # The same decision sent again must not make new edits: their ids follow from its own.
    return [
        EditRequest(uuid5(data["id"], str(number)), edit.op, edit.data) for number, edit in enumerate(edits)
    ]


def _said(item: Item, adjudication: Adjudication, data: Mapping[str, Any]) -> Said | None:
    """What gold is to say of the item; None where the decision leaves gold as it is."""
    match data["choice"]:
        case "reading":
            if not data["reader"] or data["reader"] not in adjudication.letters:
                raise Invalid(
                    _("%(key)s: name the reader, one of %(letters)s.")
                    % {"key": item.key, "letters": ", ".join(adjudication.letters)}
                )
            return item.said[adjudication.letters.index(data["reader"])]
        case "engine":
            if not (item.is_about_spans and engine_near(item, adjudication)):
                raise Invalid(f"{item.key}: engines say nothing of this.")
            return engine_said(item, adjudication)
        case "nobody":
            return NOTHING
    return None
