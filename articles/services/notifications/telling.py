"""Telling people what concerns them. Called in the transaction of what happened, so neither is without the
other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from annotator.users.models import User
from articles.models import Article, Handout, Notification
from articles.queries.assignments.handouts import HandoutPlan


def tell(
    people: Iterable[int],
    *,
    kind: str,
    project_id: int,
    key: str,
    by: User | None,
    article: Article | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Tell these people (by id), but not whoever did it. Nobody is told twice of one `key`."""
    rows = [
        Notification(
            user_id=person,
            kind=kind,
            project_id=project_id,
            article=article,
            by=by,
            data=dict(data or {}),
            key=key,
        )
        for person in set(people) - {by.pk if by else None}
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def tell_of_articles(handout: Handout, plan: HandoutPlan, *, by: User) -> None:
    """Tell each person how many articles they were given."""
    due = handout.due_on.isoformat() if handout.due_on else None
    for person, count in Counter(person for _, person in plan.pairs).items():
        tell(
            [person],
            kind=Notification.Kind.ASSIGNED,
            project_id=handout.project_id,
            key=str(handout.pk),
            by=by,
            data={"count": count, "due": due},
        )


def mark_read(*, user: User, ids: Collection[int] | None = None) -> int:
    """Mark the user's notifications as read, all of them without `ids`. Answers how many were new."""
    unread = Notification.objects.of(user).unread()
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=timezone.now())
