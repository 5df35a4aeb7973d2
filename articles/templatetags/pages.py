"""What templates of ordinary pages need besides their context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.sentences import said
from annotator.users.models import Role
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Job, Status
from articles.queries.assignments.due import about_due
from articles.queries.gold.feedback import unseen_feedback
from articles.queries.notifications import unread_count

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()


@dataclass(frozen=True)
class Tab:
    name: str
    title: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class Segment:
    """One status in a bar. `start` and `width` are per cent of the bar."""

    status: str
    title: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Section:
    """Pages that belong together, under one heading; the first page is where the heading leads."""

    title: str
    pages: tuple[Tab, ...]
    is_current: bool


# What a project consists of: a heading, then its pages by their address's name, title and who may open them.
_SECTIONS: tuple[tuple[StrOrPromise, tuple[tuple[str, StrOrPromise, Permission], ...]], ...] = (
    (
        _("Overview"),
        (
            ("project", _("Overview"), Permission.VIEW_PROJECT),
            ("progress", _("Progress"), Permission.VIEW_PROJECT),
        ),
    ),
    (
        _("Work"),
        (
            ("articles", _("Articles"), Permission.VIEW_PROJECT),
            ("guidelines", _("Guidelines"), Permission.VIEW_PROJECT),
            ("stories", _("Stories"), Permission.VIEW_PROJECT),
            ("concordance", _("Concordance"), Permission.VIEW_PROJECT),
            ("training", _("Training"), Permission.ANNOTATE),
            ("schema-todos", _("To decide"), Permission.ANNOTATE),
            ("corrections", _("Corrected texts"), Permission.ANNOTATE),
            ("feedback", _("Feedback"), Permission.ANNOTATE),
        ),
    ),
    (
        _("Team"),
        (
            ("members", _("Members"), Permission.MANAGE),
            ("assignments", _("Assignments"), Permission.MANAGE),
        ),
    ),
    (
        _("Quality"),
        (
            ("agreement", _("Agreement"), Permission.VIEW_ALL_LAYERS),
            ("known", _("Known articles"), Permission.ANNOTATE),
            ("evaluations", _("Evaluation"), Permission.VIEW_ALL_LAYERS),
            ("doubts", _("Likely errors"), Permission.REVIEW),
            ("consistency", _("Consistency"), Permission.VIEW_PROJECT),
            ("guard", _("Suggestions and people"), Permission.ANNOTATE),
        ),
    ),
    (
        _("Data"),
        (
            ("import", _("Import"), Permission.MANAGE),
            ("export", _("Export"), Permission.EXPORT),
            ("releases", _("Releases"), Permission.EXPORT),
        ),
    ),
    (
        _("Setup"),
        (
            ("schema", _("Schema"), Permission.VIEW_PROJECT),
            ("schema-changes", _("Change labels"), Permission.MANAGE),
            ("engines", _("Engines"), Permission.MANAGE),
            ("webhooks", _("Webhooks"), Permission.MANAGE),
            ("jobs", _("Jobs"), Permission.MANAGE),
            ("log", _("Log"), Permission.MANAGE),
            ("settings", _("Settings"), Permission.MANAGE),
        ),
    ),
)


@register.filter
def may(caller: Caller, permission: str) -> bool:
    """`{% if caller|may:"export" %}`"""
    return caller.may(Permission(permission))


register.filter(said)


@register.filter
def of(figures: Mapping[Any, Any], key: Any) -> Any:
    """The figure of one thing; nothing where there is none."""
    return figures.get(key)


@register.filter
def role_name(role: str) -> str:
    """Such as `Reviewer`, in the page's language."""
    return str(Role(role).label)


@register.filter
def language_name(code: str) -> str:
    """Such as `Russian`, in the page's language; the code itself where nobody knows a name."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(get_language() or "en")
    except (ValueError, UnknownLocaleError):
        name = None
    return name[0].upper() + name[1:] if name else code


@register.filter
def due(due_on: date | None) -> str:
    """`due Friday`; nothing for no date."""
    return about_due(due_on)


@register.filter
def duration(seconds: float | None) -> str:
    """`3 h 20 min`, below an hour `4 min 10 s`, below a minute `10 s`; nothing for None."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes_left}
    if minutes:
        return gettext("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}
    return gettext("%(seconds)d s") % {"seconds": rest}


@register.filter
def parameters(values: Mapping[str, str]) -> str:
    """As they stand in an address."""
    return urlencode(values)


@register.simple_tag(takes_context=True)
def unread(context: Mapping[str, Any]) -> int:
    """How much the person who is signed in has not read yet."""
    return unread_count(context["user"])


@register.simple_tag(takes_context=True)
def project_sections(context: Mapping[str, Any]) -> list[Section]:
    """The project's pages that the caller may open. The page that is open is named by `tab`."""
    caller: Caller = context["caller"]
    counts = _counts(caller)
    found = []
    for title, pages in _SECTIONS:
        tabs = tuple(
            Tab(name, str(words), _url(name, caller.project.slug), counts.get(name, 0))
            for name, words, permission in pages
            if caller.may(permission)
        )
        if tabs:
            found.append(Section(str(title), tabs, any(tab.name == context.get("tab") for tab in tabs)))
    return found


def _counts(caller: Caller) -> dict[str, int]:
    """What waits for the caller on a page, by its name."""
    if not caller.may(Permission.ANNOTATE):
        return {}
    return {"feedback": unseen_feedback(caller.project, caller.user)}


@register.inclusion_tag("partials/status_bar.html")
def status_bar(counts: Mapping[str, int], url: str = "") -> dict[str, Any]:
    """Counts by status as a bar with numbers; `url` is the article list that the numbers lead to."""
    total = sum(counts.values())
    segments, start = list[Segment](), 0.0
    for status, title in Status.choices:
        count = counts.get(status, 0)
        width = 100 * count / total if total else 0.0
        segments.append(Segment(status, str(title), count, round(start, 3), round(width, 3)))
        start += width
    return {"segments": segments, "total": total, "url": url}


@register.inclusion_tag("partials/small_bars.html")
def small_bars(values: Sequence[float], most: float) -> dict[str, Any]:
    """Bars of ten units at most, without a scale: `most` is the largest value of all that stand together."""
    heights = [round(10 * value / most, 2) if most else 0.0 for value in values]
    return {
        "bars": [(number, 10 - height, height) for number, height in enumerate(heights) if height],
        "width": len(values),
    }


@register.inclusion_tag("partials/status_chip.html")
def status_chip(status: str) -> dict[str, str]:
    return {"status": status, "title": str(Status(status).label)}


@register.simple_tag(takes_context=True)
def job_url(context: Mapping[str, Any], job: Job) -> str:
    """The page of a job of the caller's project, or nothing when they may not open it."""
    caller: Caller = context["caller"]
    return _url("job", caller.project.slug, job.pk) if caller.may(Permission.MANAGE) else ""


def _url(name: str, *args: object) -> str:
    try:
        return reverse(f"articles:{name}", args=args)
    except NoReverseMatch:
        return ""
