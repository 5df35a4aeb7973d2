"""When something is due, in words."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format

SOON = timedelta(days=3)


def is_overdue(due_on: date | None) -> bool:
    return due_on is not None and due_on < timezone.localdate()


def about_due(due_on: date | None) -> str:
    """Such as "due Friday"; nothing for what is due at no time."""
    if due_on is None:
        return ""
    days = (due_on - timezone.localdate()).days
    if days < -1:
        return f"overdue since {date_format(due_on, 'j F')}"
    match days:
        case -1:
            return "overdue since yesterday"
        case 0:
            return "due today"
        case 1:
            return "due tomorrow"
    return f"due {date_format(due_on, 'l' if days < 7 else 'j F')}"
