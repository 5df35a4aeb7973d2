"""Edits: how nothing is lost. docs/architecture.md says why it is done so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import User
from articles.domain.layers.edits import EditRefused, EditRequest
from articles.domain.layers.state import LayerState
from articles.domain.schema_changes.names import in_current_names
from articles.models import Article, Edit, Layer
from articles.queries.gold.adjudication import adjudication_of, deciding_on
from articles.queries.schema_changes.changes import names_by_now, newest_change
from articles.services.articles import lock_articles, refresh_status
from articles.services.assignments.claiming import claim_article
from articles.services.assignments.leases import prolong
from articles.services.gold.decisions import record_decisions
from articles.services.layers import (
    copy_state,
    load_state_around,
    lock_gold_layer,
    lock_own_layer,
    require_open,
    save_changes,
)
from articles.services.schema_changes.migration import bring_up_to_date

InCurrentNames = Callable[[EditRequest], tuple[EditRequest, str]]


@dataclass(frozen=True, slots=True)
class EditResult:
    """What became of one edit: `applied`, `duplicate` (had been applied before) or `rejected`. `reason` says
    why it was rejected, or what was changed in it before it was applied (the old name of a label)."""

    id: UUID
    status: str
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"id": str(self.id), "status": self.status, "reason": self.reason}


@dataclass
class Outcome:
    """The layer's version after a batch, and a result for each edit in the order sent."""

    version: int
    results: list[EditResult] = field(default_factory=list)


def edit_own_layer(*, article: Article, by: User, edits: Sequence[EditRequest]) -> Outcome:
    """Apply edits to the annotator's own layer. Locks that layer's row; for the first edit, the article's row
    before it. Raises Refused, and TextCorrected where the work goes on with another text."""
    with transaction.atomic():
        mine = Layer.objects.by_user(by).filter(article=article)
        layer = _lock_begun(mine) or _lock_first(article, lambda: lock_own_layer(article=article, user=by))
        require_open(layer, article)
        if layer.submitted_at:
            raise Refused(_("You submitted this article. Reopen it to change it."))
        if layer.begun_at is None:
            _begin_own_layer(layer, article, by)
        prolong(article=article, user=by)
        return _apply(layer, article, by, edits)


def edit_gold_layer(*, article: Article, by: User, edits: Sequence[EditRequest]) -> Outcome:
    """Apply a reviewer's edits to the gold layer. Locks and raises like `edit_own_layer`."""
    with transaction.atomic():
        gold = Layer.objects.gold().filter(article=article)
        layer = _lock_begun(gold) or _lock_first(article, lambda: lock_gold_layer(article=article))
        require_open(layer, article)
        if layer.approved_at:
            raise Refused(_("This article is approved. Reopen it to change its gold layer."))
        if layer.begun_at is None:
            Layer.objects.filter(pk=layer.pk).update(begun_at=timezone.now())
            refresh_status(article_id=article.pk)
        return _apply(layer, article, by, edits)


def mend_layer(*, layer: Layer, by: User, edits: Sequence[EditRequest]) -> Outcome:
    """Apply edits that a change of the label schema asks for, to a layer that may have been handed in or
    approved: it stays so. Locks the layer's row."""
    with transaction.atomic():
        locked = (
            Layer.objects.select_for_update(no_key=True, of=("self",))
            .select_related("article")
            .get(pk=layer.pk)
        )
        return _apply(locked, locked.article, by, edits)


def _lock_begun(layers: QuerySet[Layer]) -> Layer | None:
    """The layer with its row locked, if it was begun. The article's status does not change then, so no other
    lock is needed."""
    return layers.filter(begun_at__isnull=False).select_for_update(no_key=True).first()


def _lock_first(article: Article, lock: Callable[[], Layer]) -> Layer:
    """The first edit changes the article's status, too, and articles are locked before their layers."""
    lock_articles([article.pk])
    return lock()


def _begin_own_layer(layer: Layer, article: Article, by: User) -> None:
    claim_article(article=article, user=by)
    Layer.objects.filter(pk=layer.pk).update(begun_at=timezone.now())
    refresh_status(article_id=article.pk)


def _apply(layer: Layer, article: Article, by: User, edits: Sequence[EditRequest]) -> Outcome:
    """The caller holds the layer's lock."""
    change = newest_change(article.project_id)
    bring_up_to_date(change, layer)
    known = {row.id: row for row in Edit.objects.filter(id__in=[edit.id for edit in edits])}
    fresh = [edit for edit in edits if edit.id not in known]
    definition = published_definition(article.project_id)
    before = load_state_around(layer, fresh, length=article.length, definition=definition)
    after = copy_state(before)
    names = names_by_now(change, definition)
    decides = any(edit.op == "decide" or edit.part_of for edit in fresh)
    adjudication = adjudication_of(article) if decides and layer.kind == Layer.Kind.GOLD else None
    if adjudication:
        after.deciding = deciding_on(adjudication)
    rows: dict[UUID, Edit] = {}
    outcome = Outcome(layer.version)
    for edit in edits:
        earlier = known.get(edit.id) or rows.get(edit.id)
        if earlier is not None:
            outcome.results.append(_again(earlier, layer))
            continue
        row = Edit(id=edit.id, layer=layer, author=by, op=edit.op, data=edit.to_json())
        result = _attempt(row, edit, after, lambda one: in_current_names(one, names, after, article.text))
        if not row.reason:
            row.version = outcome.version = outcome.version + 1
        rows[edit.id] = row
        outcome.results.append(result)
    _store(layer, before, after, list(rows.values()), outcome.version)
    if adjudication:
        made = [row for row in rows.values() if row.op == "decide" and not row.reason]
        record_decisions(adjudication=adjudication, edits=made, by=by)
    return outcome


def _again(earlier: Edit, layer: Layer) -> EditResult:
    if earlier.layer_id != layer.pk:
        return EditResult(earlier.id, "rejected", "This edit id is in use elsewhere. Make a new one.")
    if earlier.reason:
        return EditResult(earlier.id, "rejected", earlier.reason)
    return EditResult(earlier.id, "duplicate")


def _attempt(row: Edit, edit: EditRequest, state: LayerState, in_current_names: InCurrentNames) -> EditResult:
    """Apply an edit, in today's names, or note in its row why it was refused."""
    try:
        current, note = in_current_names(edit)
        state.apply(current)
    except EditRefused as refusal:
        row.reason = str(refusal)
        return EditResult(edit.id, "rejected", row.reason)
    row.data = current.to_json()
    return EditResult(edit.id, "applied", note)


def _store(layer: Layer, before: LayerState, after: LayerState, rows: list[Edit], version: int) -> None:
    try:
        with transaction.atomic():
            Edit.objects.bulk_create(rows)
            save_changes(layer, before=before, after=after)
            if version != layer.version:
                Layer.objects.filter(pk=layer.pk).update(version=version)
    except IntegrityError as error:
        raise Refused(
            _("Two changes met just now. Nothing of this batch was saved; send it again.")
        ) from error
