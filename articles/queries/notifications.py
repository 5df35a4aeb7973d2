"""What a person is told, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotator.users.models import User
from articles.models import Notification


@dataclass(frozen=True)
class Told:
    """`path` leads to what it is about."""

    id: int
    sentence: str
    quoted: str
    project: str
    path: str
    created_at: datetime
    is_new: bool


def unread_count(user: User) -> int:
    return Notification.objects.of(user).readable().unread().count()


def told_to(user: User, *, count: int = 50, before: int | None = None) -> list[Told]:
    """The newest first, of what the user may still read; with `before`, those with lower ids."""
    rows = Notification.objects.of(user).readable()
    rows = rows.filter(pk__lt=before) if before else rows
    return in_words(rows.with_names()[:count])


def in_words(rows: Iterable[Notification]) -> list[Told]:
    """In the language that is active."""
    return [
        Told(
            id=row.pk,
            sentence=_sentence(row),
            quoted=str(row.data.get("words", "")),
            project=row.project.name,
            path=_path(row),
            created_at=row.created_at,
            is_new=row.read_at is None,
        )
        for row in rows
    ]


def _sentence(row: Notification) -> str:
    kinds = Notification.Kind
    names = {"by": row.by.name if row.by else "", "article": str(row.article or ""), **row.data}
    match row.kind:
        case kinds.ASSIGNED:
            return _given(names)
        case kinds.SENT_BACK:
            return _("%(by)s sent “%(article)s” back to you.") % names
        case kinds.MENTIONED:
            return _("%(by)s mentioned you at “%(article)s”.") % names
        case kinds.CORRECTED:
            return _corrected(names)
        case kinds.RELEASED:
            return _("Release %(number)s is ready.") % names
    return _("The webhook %(url)s was switched off: nothing has arrived there for days.") % names


def _corrected(names: dict[str, Any]) -> str:
    words = ngettext(
        "%(by)s corrected the text of “%(article)s”: %(count)s place to look at.",
        "%(by)s corrected the text of “%(article)s”: %(count)s places to look at.",
        names["count"],
    )
    return words % names


def _given(names: dict[str, Any]) -> str:
    given = ngettext(
        "%(by)s gave you %(count)s article.", "%(by)s gave you %(count)s articles.", names["count"]
    )
    if not names.get("due"):
        return given % names
    day = date_format(date.fromisoformat(names["due"]))
    return " ".join((given % names, _("Due on %(day)s.") % {"day": day}))


def _path(row: Notification) -> str:
    slug = row.project.slug
    match row.kind:
        case Notification.Kind.RELEASED:
            return reverse("articles:release", args=[slug, row.data["number"]])
        case Notification.Kind.CORRECTED:
            return reverse("articles:corrections", args=[slug])
        case Notification.Kind.WEBHOOK_STOPPED:
            return reverse("articles:webhooks", args=[slug])
    return (
        reverse("articles:editor", args=[slug, row.article_id])
        if row.article_id
        else reverse("articles:project", args=[slug])
    )
