"""Threads as the editor, the API and the lists of articles show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch

from annotator.users.models import Project, User
from articles.models import Article, Comment, Thread


def threads_of(article: Article, user: User) -> list[dict[str, Any]]:
    """The article's threads that the user may read, oldest first. Offsets are code points."""
    rows = Thread.objects.visible_to(user).filter(article=article)
    return [_shown(row) for row in _whole(rows)]


def thread_body(thread: Thread) -> dict[str, Any]:
    """One thread as it is now."""
    return _shown(_whole(Thread.objects.filter(pk=thread.pk)).get())


def open_threads_of(articles: Iterable[Article], user: User) -> dict[int, int]:
    """How many unresolved threads the user may read, by article."""
    rows = Thread.objects.visible_to(user).unresolved().filter(article__in=list(articles))
    return dict(rows.order_by().values_list("article").annotate(Count("pk")))


def having_open_threads(user: User, *, mentioning: bool = False) -> Exists:
    """Articles with an unresolved thread that the user may read; or with one that mentions them."""
    rows = Thread.objects.visible_to(user).unresolved()
    if mentioning:
        rows = rows.mentioning(user)
    return Exists(rows.filter(article=OuterRef("pk")))


def articles_that_mention(user: User, projects: Iterable[Project]) -> dict[int, int]:
    """How many articles have an unresolved thread that mentions the user, by project."""
    rows = Article.objects.filter(project__in=list(projects), archived_at__isnull=True)
    rows = rows.filter(having_open_threads(user, mentioning=True)).order_by()
    return dict(rows.values_list("project").annotate(Count("pk")))


def _whole(rows: Any) -> Any:
    comments = Comment.objects.select_related("author").prefetch_related("mentions")
    return rows.select_related("resolved_by").prefetch_related(Prefetch("comments", comments))


def _shown(thread: Thread) -> dict[str, Any]:
    resolved = thread.resolved_by
    return {
        "id": str(thread.pk),
        "start": thread.start,
        "end": thread.end,
        "span": str(thread.span) if thread.span else None,
        "resolved": {"by": _person(resolved), "at": _time(thread.resolved_at)} if resolved else None,
        "comments": [
            {
                "id": str(one.pk),
                "by": _person(one.author),
                "text": one.text,
                "at": _time(one.created_at),
                "edited_at": _time(one.edited_at),
                "mentions": sorted(user.username for user in one.mentions.all()),
            }
            for one in thread.comments.all()
        ],
    }


def _person(user: User) -> dict[str, str]:
    return {"username": user.username, "name": user.name}


def _time(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
