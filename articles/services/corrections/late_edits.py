"""Edits that were made in a text that has been corrected since: they are made in the text as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.db import transaction

from annotator.users.models import User
from articles.domain.corrections.late_edits import place_of, translated
from articles.domain.corrections.reanchoring import Reanchoring
from articles.domain.layers.edits import EditRefused, EditRequest
from articles.domain.stories.carrying import Alignment
from articles.models import Article, Correction, CorrectionTodo, Edit, Layer, Relation, Span
from articles.queries.corrections.versions import TextCorrected, way_between
from articles.services.articles import lock_articles
from articles.services.corrections.layers import carried_id
from articles.services.edits import EditResult, Outcome, edit_gold_layer, edit_own_layer
from articles.services.layers import lock_gold_layer, lock_own_layer


@dataclass
class LateOutcome(Outcome):
    """`current` is the article that holds the text as it is now, where that is not the one that was edited;
    `version` and `results` are of its layer."""

    current: int | None = None


def edit_layer(*, article: Article, by: User, edits: Sequence[EditRequest], gold: bool) -> LateOutcome:
    """Apply edits to gold or to the user's own layer: of this article, or of the one that holds its corrected
    text. Locks like the services of `articles.services.edits`. Raises Refused."""
    write = edit_gold_layer if gold else edit_own_layer
    try:
        outcome = write(article=article, by=by, edits=edits)
    except TextCorrected as moved:
        return _edit_late(article, moved.article, by, edits, gold=gold)
    return LateOutcome(outcome.version, outcome.results)


def _edit_late(
    old: Article, current: int, by: User, edits: Sequence[EditRequest], *, gold: bool
) -> LateOutcome:
    """Edits without a certain place in the new text are refused. A new span that is lost in this way is
    listed as a place to look at."""
    with transaction.atomic():
        lock_articles([current])
        new = Article.objects.select_related("project").get(pk=current)
        layer = lock_gold_layer(article=new) if gold else lock_own_layer(article=new, user=by)
        batch = _Batch(old, layer, by)
        batch.sort(edits, ids=_ids_by_now(old, layer), way=Reanchoring(Alignment(old.text, new.text)))
        write = edit_gold_layer if gold else edit_own_layer
        outcome = write(article=new, by=by, edits=batch.fresh)
        Edit.objects.bulk_create(batch.refused)
        CorrectionTodo.objects.bulk_create(batch.lost())
        results = {one.id: one for one in (*batch.results, *outcome.results)}
        return LateOutcome(outcome.version, [results[edit.id] for edit in edits], current)


@dataclass
class _Batch:
    """Edits of the old text, sorted: those that were made before, those that can be made in the new text, and
    those that cannot."""

    old: Article
    layer: Layer
    by: User
    fresh: list[EditRequest] = field(default_factory=list)
    refused: list[Edit] = field(default_factory=list)
    results: list[EditResult] = field(default_factory=list)

    def sort(self, edits: Sequence[EditRequest], *, ids: dict[UUID, UUID], way: Reanchoring) -> None:
        texts = [source for source, _, _ in way_between(self.old.pk, self.layer.article_id)]
        earlier = Edit.objects.filter(id__in=[one.id for one in edits])
        known = {row.id: row for row in earlier.filter(author=self.by, layer__article__in=texts)}
        here = set(earlier.filter(layer=self.layer).values_list("id", flat=True))
        for edit in {one.id: one for one in edits}.values():
            if edit.id in known:
                reason = known[edit.id].reason
                self.results.append(EditResult(edit.id, "rejected" if reason else "duplicate", reason))
            elif edit.id in here:
                self.fresh.append(edit)
            else:
                self._translate(edit, partial(translated, ids=ids, way=way, old_text=self.old.text))

    def _translate(self, edit: EditRequest, into: partial[EditRequest]) -> None:
        try:
            self.fresh.append(into(edit))
        except EditRefused as refusal:
            reason, data = str(refusal), edit.to_json()
            row = Edit(id=edit.id, layer=self.layer, author=self.by, op=edit.op, data=data, reason=reason)
            self.refused.append(row)
            self.results.append(EditResult(edit.id, "rejected", reason))

    def lost(self) -> Iterable[CorrectionTodo]:
        """Places to look at, one for each new span that was refused."""
        correction = Correction.objects.standing().filter(article=self.layer.article_id).first()
        for row in self.refused if correction else ():
            span = place_of(row.data.get("span", {}), self.old.length) if row.op == "add_span" else None
            if span and correction:
                yield CorrectionTodo(
                    correction=correction,
                    layer=self.layer,
                    kind=CorrectionTodo.Kind.LOST,
                    label=span.label,
                    start=0,
                    end=0,
                    was_start=span.start,
                    was_end=span.end,
                )


def _ids_by_now(old: Article, layer: Layer) -> dict[UUID, UUID]:
    """By the id of each span and relation of the old text's layer, the id that it has in this layer."""
    mine = Layer.objects.filter(article=old, kind=layer.kind, user=layer.user_id)
    own = [
        *Span.objects.filter(layer__in=mine).values_list("id", flat=True),
        *Relation.objects.filter(layer__in=mine).values_list("id", flat=True),
    ]
    ids = {one: one for one in own}
    for source, target, is_back in way_between(old.pk, layer.article_id):
        if is_back:
            there = Layer.objects.filter(article=target, kind=layer.kind, user=layer.user_id)
            back = {
                carried_id(source, one): one
                for one in Span.objects.filter(layer__in=there).values_list("id", flat=True)
            }
            ids = {one: back.get(now, now) for one, now in ids.items()}
        else:
            ids = {one: carried_id(target, now) for one, now in ids.items()}
    return ids
