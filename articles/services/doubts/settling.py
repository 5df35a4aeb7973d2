"""Likely errors settled by a reviewer: fixed in gold by an ordinary edit, dismissed, or taken back."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import User
from articles.domain.doubts.findings import Mention
from articles.domain.layers.edits import EditRequest
from articles.models import Doubt, Layer, Relation, Span
from articles.services.articles import lock_articles
from articles.services.edits import edit_gold_layer
from articles.services.gold.approving import approve, send_back
from articles.services.layers import lock_gold_layer

CHANGED = "The article has changed at this place since. Open it to see what stands there now."


def settle_doubt(*, doubt: Doubt, action: str, by: User) -> None:
    """`fix`, `dismiss` or `reopen` it. Raises Refused, Invalid for another action."""
    does = {"fix": fix_doubt, "dismiss": dismiss_doubt, "reopen": reopen_doubt}.get(action)
    if does is None:
        raise Invalid(gettext("A likely error is settled by fix, dismiss or reopen."))
    does(doubt=doubt, by=by)


def fix_doubt(*, doubt: Doubt, by: User) -> None:
    """Put into gold what may be right instead. The article is taken back into review, edited and approved
    again, by the same reviewer, in one step; its history shows each.

    Locks article, gold layer, doubt. Raises Refused, and changes nothing, when the article is not approved
    any more, when what is doubted does not stand there, or when the schema does not let the other stand.
    """
    with transaction.atomic():
        gold, doubt = _locked(doubt)
        if doubt.state != Doubt.State.OPEN:
            raise Refused(gettext("This has been settled already."))
        _change(doubt, gold, by, old=_stands(doubt), new=_other(doubt), why=f"Likely error: {doubt.reason}")
        _settle(doubt, Doubt.State.FIXED, by)


def dismiss_doubt(*, doubt: Doubt, by: User) -> None:
    """What stands is right: this place is not doubted again. Dismissing twice is harmless; raises Refused for
    what was fixed."""
    with transaction.atomic():
        _, doubt = _locked(doubt)
        if doubt.state == Doubt.State.FIXED:
            raise Refused(gettext("This has been fixed already."))
        if doubt.state == Doubt.State.OPEN:
            _settle(doubt, Doubt.State.DISMISSED, by)


def reopen_doubt(*, doubt: Doubt, by: User) -> None:
    """Take back what was settled; a fix is undone by the reverse edit. Reopening an open one is harmless.

    Raises Refused like `fix_doubt`.
    """
    with transaction.atomic():
        gold, doubt = _locked(doubt)
        if doubt.state == Doubt.State.FIXED:
            why = "A fix of a likely error taken back."
            _change(doubt, gold, by, old=_other(doubt), new=_stands(doubt), why=why)
        Doubt.objects.filter(pk=doubt.pk).update(state=Doubt.State.OPEN, settled_at=None, settled_by=None)


def _locked(doubt: Doubt) -> tuple[Layer, Doubt]:
    lock_articles([doubt.article_id])
    gold = lock_gold_layer(article=doubt.article)
    rows = Doubt.objects.select_related("article__project").select_for_update(no_key=True, of=("self",))
    return gold, rows.get(pk=doubt.pk)


def _settle(doubt: Doubt, state: str, by: User) -> None:
    Doubt.objects.filter(pk=doubt.pk).update(state=state, settled_at=Now(), settled_by=by)


def _change(
    doubt: Doubt, gold: Layer, by: User, *, old: Mention | None, new: Mention | None, why: str
) -> None:
    """One logged edit of the gold layer, between taking it back into review and approving it again."""
    article = doubt.article
    if gold.approved_at is None or article.archived_at:
        raise Refused(gettext("This article is not finished any more. Open it to change its gold layer."))
    edit = _edit(gold, old, new)
    send_back(article=article, by=by, comment="")
    (result,) = edit_gold_layer(article=article, by=by, edits=[edit]).results
    if result.status == "rejected":
        raise Refused(gettext("%(reason)s Open the article to change it.") % {"reason": result.reason})
    approve(article=article, by=by, comment=why)


def _edit(gold: Layer, old: Mention | None, new: Mention | None) -> EditRequest:
    if old is None:
        return _request("add_span", uuid4(), new)
    standing = _standing(gold, old)
    if new is not None:
        return _request("change_span", standing.pk, new)
    if Relation.objects.filter(Q(source=standing) | Q(target=standing)).exists():
        raise Refused(gettext("It has been linked to others since. Open the article to change it."))
    return _request("remove_span", standing.pk, None)


def _standing(gold: Layer, mention: Mention) -> Span:
    start, end, label = mention
    found = Span.objects.filter(layer=gold, fragments=[], start=start, end=end, label=label).first()
    if found is None:
        raise Refused(CHANGED)
    return found


def _request(op: str, span: UUID, mention: Mention | None) -> EditRequest:
    return EditRequest(uuid4(), op, {"id": str(span), **(mention._asdict() if mention else {})})


def _stands(doubt: Doubt) -> Mention | None:
    return Mention(doubt.start, doubt.end, doubt.label) if doubt.label else None


def _other(doubt: Doubt) -> Mention | None:
    if not doubt.other_label:
        return None
    return Mention(doubt.other_start, doubt.other_end, doubt.other_label)
