"""What is known of an article besides its layers: metadata, versions, who holds it, what was said of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Field, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import capfirst

from annotator.users.models import Project
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Article, Assignment, Notification, Review, Sitting, Status
from articles.queries.assignments.due import about_due, is_overdue
from articles.queries.corrections.versions import version_number
from articles.queries.known_gold.known_articles import place_of, shown_articles
from articles.queries.stories.members import count_in_story

_METADATA = ("source", "agency", "published_on", "dateline", "byline", "url")
_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "ps", "ckb", "yi", "dv", "ug", "sd"})


def article_body(article: Article) -> dict[str, Any]:
    named = [name for name in _METADATA if getattr(article, name)]
    language = article.language.partition("-")[0].lower()
    return {
        "id": article.pk,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "direction": "rtl" if language in _RIGHT_TO_LEFT else "auto" if not language else "ltr",
        "status": article.status,
        "metadata": {_field_title(name): localize(getattr(article, name)) for name in named},
    }


def _field_title(name: str) -> str:
    field = Article._meta.get_field(name)
    return capfirst(str(field.verbose_name)) if isinstance(field, Field) else name


def story_of(project: Project, article: Article) -> dict[str, Any]:
    """How many other articles tell the same story, and where they are listed."""
    url = reverse("articles:story", args=[project.slug, article.pk])
    return {"others": count_in_story(article) - 1, "url": url}


def version_of(caller: Caller, article: Article) -> dict[str, Any] | None:
    """Which text of the article this is, and where all of them are listed. None for a first text, except for
    those who may correct it."""
    number = version_number(article)
    if number == 1 and not caller.may(Permission.MANAGE):
        return None
    url = reverse("articles:text-versions", args=[caller.project.slug, article.pk])
    return {"number": number, "url": url}


def claim_of(caller: Caller, article: Article) -> dict[str, Any]:
    """The caller's hold on the article: whether they flagged or skipped it, when it is due, and how long they
    have worked at it."""
    mine = Assignment.objects.of(caller.user).filter(article=article).first()
    due_on = mine.due_on if mine and mine.submitted_at is None else None
    spent = Sitting.objects.filter(article=article, user=caller.user).aggregate(all=Sum("seconds"))
    return {
        "held": bool(mine and mine.submitted_at is None and mine.takes_room),
        "flagged": bool(mine and mine.flagged_at),
        "flag_note": mine.flag_note if mine else "",
        "skip_reason": mine.skip_reason if mine else "",
        "due": {"words": about_due(due_on), "is_overdue": is_overdue(due_on)},
        "seconds": spent["all"] or 0,
    }


def note_for(caller: Caller, article: Article) -> dict[str, str]:
    """The comment with which a reviewer sent the article back, until it is handed in again. Annotators who
    had not handed it in do not get it: it may tell what others marked."""
    last = Review.objects.filter(article=article).select_related("reviewer").last()
    if last is None or last.decision != Review.Decision.SENT_BACK or article.status != Status.IN_PROGRESS:
        return {"text": "", "by": ""}
    told = Notification.objects.of(caller.user).filter(kind=Notification.Kind.SENT_BACK, key=str(last.pk))
    if not caller.may(Permission.VIEW_ALL_LAYERS) and not told.exists():
        return {"text": "", "by": ""}
    return {"text": last.comment, "by": last.reviewer.name}


def queue_figures(caller: Caller, article: Article) -> dict[str, int]:
    """The quiet figures at the top: the article's place in the project, and what was done today."""
    rows = shown_articles(caller.project, caller.user)
    position = rows.filter(pk__lte=place_of(article)).count() or 1
    return {
        "position": position,
        "total": rows.count(),
        "done_today": _done_today(caller),
    }


def _done_today(caller: Caller) -> int:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Assignment.objects.of(caller.user).filter(
        article__project=caller.project, submitted_at__gte=midnight
    )
    return mine.count()
