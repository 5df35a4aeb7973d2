"""Why a layer cannot be changed just now."""

from __future__ import annotations

from django.utils.translation import gettext

from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Article, Assignment, Layer, Status
from articles.queries.assignments.standing import wanted_of
from articles.queries.known_gold.exercises import may_do_real_work


def why_locked(caller: Caller, article: Article, layer: Layer | None, *, review: bool) -> str:
    """Why the caller cannot change this layer now, as a sentence; empty when they can."""
    denied = caller.why_not(Permission.REVIEW if review else Permission.ANNOTATE)
    if denied:
        return denied
    if layer and layer.approved_at:
        return gettext("This article is approved. Reopen it to change it.")
    if layer and layer.submitted_at:
        return gettext("You submitted this article. Take it back to change it.")
    return "" if review else _why_no_room(caller, article)


def _why_no_room(caller: Caller, article: Article) -> str:
    others = list(Assignment.objects.filter(article=article).taking_room().values_list("user", flat=True))
    if caller.user.pk in others:
        return ""
    if article.status == Status.GOLD:
        return gettext("This article is finished: it is gold.")
    if not may_do_real_work(article.project, caller.user):
        return gettext("This project begins with a training. Its exercises are on the Training page.")
    full = len(others) >= wanted_of(article.project, article.pk)
    return gettext("Somebody else is at work on this article. Take the next one instead.") if full else ""
