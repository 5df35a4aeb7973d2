"""When something is due, in words."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

SOON = timedelta(days=3)


def is_overdue(due_on: date | None) -> bool:
    return due_on is not None and due_on < timezone.localdate()


def about_due(due_on: date | None) -> str:
    """Such as "due Friday"; empty without a due date."""
    if due_on is None:
        return ""
    days = (due_on - timezone.localdate()).days
    if days < -1:
        return _("overdue since %(day)s") % {"day": date_format(due_on, "MONTH_DAY_FORMAT")}
    match days:
        case -1:
            return _("overdue since yesterday")
        case 0:
            return _("due today")
        case 1:
            return _("due tomorrow")
    if days < 7:
        return _("due %(day)s") % {"day": date_format(due_on, "l")}
    return _("due %(day)s") % {"day": date_format(due_on, "MONTH_DAY_FORMAT")}
