"""Articles, their texts, and what is said about them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from annotator.users.models import User
from annotator.users.permissions import Permission
from articles.access.caller import Caller, admitted, known_user, one_of, role_in
from articles.models import (
    Article,
    Correction,
    Decision,
    Thread,
)
from articles.queries.corrections.versions import require_current
from articles.queries.known_gold.known_articles import kept_from, open_to


def get_article_for(
    user: User | AnonymousUser,
    article_id: int,
    permission: Permission = Permission.VIEW_PROJECT,
    *,
    project: str = "",
) -> tuple[Article, Caller]:
    """An article that is not archived, with its project loaded. `project` narrows to that slug.

    A copy of a known article can be opened only by the person it was given to; annotators who may be given
    one cannot open its original. Raises TextCorrected where the text was corrected, so that the caller goes
    on in the corrected one.
    """
    known = known_user(user)
    try:
        return _text(known, article_id, open_to(known), permission, project)
    except Http404:
        article, _ = get_text_for(user, article_id, project=project)
        require_current(article)
        raise


def get_text_for(
    user: User | AnonymousUser,
    article_id: int,
    permission: Permission = Permission.VIEW_PROJECT,
    *,
    project: str = "",
) -> tuple[Article, Caller]:
    """An article, or an earlier text of one: for reading, and for edits that arrive late."""
    known = known_user(user)
    corrected = Exists(Correction.objects.filter(Q(article=OuterRef("pk")) | Q(corrected=OuterRef("pk"))))
    return _text(known, article_id, open_to(known) | Q(corrected), permission, project)


def _text(
    user: User, article_id: int, which: Q, permission: Permission, project: str
) -> tuple[Article, Caller]:
    rows = Article.objects.filter(which, pk=article_id).select_related("project")
    rows = rows.filter(project__slug=project) if project else rows
    rows = rows.annotate(is_kept=kept_from(user), caller_role=role_in(user, "project_id"))
    article = one_of(rows)
    caller = admitted(user, article.project, article, permission)
    if getattr(article, "is_kept", False) and not caller.may(Permission.VIEW_ALL_LAYERS):
        raise Http404
    return article, caller


def get_thread_for(
    user: User | AnonymousUser, article_id: int, thread_id: UUID, permission: Permission
) -> tuple[Article, Caller, Thread]:
    """A thread that the caller may read, with its article."""
    article, caller = get_article_for(user, article_id, permission)
    rows = Thread.objects.visible_to(caller.user).filter(article=article, pk=thread_id)
    return article, caller, one_of(rows)


def get_decision_for(caller: Caller, decision_id: int) -> Decision:
    rows = Decision.objects.filter(article__project=caller.project, article__archived_at__isnull=True)
    return one_of(rows.filter(pk=decision_id).select_related("article__project"))
