"""All that the editor needs to open an article, in one piece of JSON-ready data."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Field, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext

from annotator.schemas.queries import published_version
from annotator.users.models import ConfidenceShown, Project, User
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Article, Assignment, Layer, Notification, Review, Sitting, Status
from articles.queries.assignments.due import about_due, is_overdue
from articles.queries.assignments.standing import wanted_of
from articles.queries.corrections.todos import todos_in
from articles.queries.corrections.versions import version_number
from articles.queries.gold.adjudication import (
    Adjudication,
    adjudication_body,
    adjudication_of,
    readings_offered,
)
from articles.queries.guidelines import guidelines_html
from articles.queries.known_gold.exercises import addresses_of_copy, may_do_real_work
from articles.queries.known_gold.known_articles import place_of, shown_articles
from articles.queries.layers.bodies import (
    consistent_body,
    layer_state_name,
    open_suggestions,
    readings_of_people,
)
from articles.queries.reopening import why_not_taken_back
from articles.queries.stories.members import count_in_story
from articles.queries.stories.own_readings import with_own_readings
from articles.queries.suggestions.blind import about_blind, engines_are_hidden, works_blind
from articles.queries.suggestions.plants import about_plants, accepted_plants, with_plants
from articles.queries.threads import threads_of

_METADATA = ("source", "agency", "published_on", "dateline", "byline", "url")
_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "ps", "ckb", "yi", "dv", "ug", "sd"})


def editor_bootstrap(caller: Caller, article: Article, *, review: bool) -> dict[str, Any]:
    """What the editor starts from (its fields are typed in static/editor/types.js).

    `review` opens the gold layer instead of the caller's own. Offsets are code points.
    """
    layers = Layer.objects.filter(article=article).select_related("user", "engine")
    layer = layers.gold().first() if review else layers.by_user(caller.user).first()
    empty: dict[str, Any] = {"spans": [], "relations": [], "labels": [], "rejected": []}
    body = consistent_body(layer) if layer else empty
    annotates = not review and caller.may(Permission.ANNOTATE)
    handed_in = annotates and layer is not None and layer.submitted_at is not None
    stays = why_not_taken_back(article, caller.user) if handed_in else ""
    locked = stays or why_locked(caller, article, layer, review=review)
    version = published_version(article.project_id)
    project = caller.project
    blind = annotates and works_blind(article, caller.user)
    adjudication = adjudication_of(article) if review else None
    offered = [] if blind else _suggestions(article, layer, project, adjudication)
    if annotates and not blind:
        offered = with_own_readings(offered, article, layer, caller.user)
    if annotates and not blind and engines_are_hidden(article, caller.user):
        offered = with_plants(offered, article, layer, caller.user)
    return {
        "mode": "review" if review else "annotate" if annotates else "read",
        "user": {
            "username": caller.user.username,
            "display_name": caller.user.name,
            "preferences": caller.user.preferences,
        },
        "article": _article(article),
        "story": _story(caller.project, article),
        "layer": {
            "author": "gold" if review else f"user:{caller.user.username}",
            "version": layer.version if layer else 0,
            "state": layer_state_name(layer),
            "editable": not locked,
            "locked_reason": locked,
            **body,
        },
        "suggestions": _as_shown(offered, project.confidence_shown),
        "about_suggestions": about_blind(project) if blind and not locked else "",
        "about_plants": about_plants(project) if annotates and not locked else "",
        "planted": accepted_plants(article, None if review else caller.user),
        "schema": {"version": version.number, **version.data},
        "places": todos_in(article, layer),
        "version": _version(caller, article),
        "note": _note(caller, article),
        "claim": _claim(caller, article),
        "threads": threads_of(article, caller.user),
        "people": _people(article, layer, adjudication, named=project.readers_shown),
        "adjudication": adjudication and adjudication_body(adjudication, named=project.readers_shown),
        "queue": queue_figures(caller, article),
        "project": {
            "slug": project.slug,
            "name": project.name,
            "url": reverse("articles:project", args=[project.slug]),
            "guidelines_html": guidelines_html(project.training_for or project),
            "confidence_shown": project.confidence_shown,
        },
        "urls": {
            **_urls(project.slug, article.pk, review=review),
            **(addresses_of_copy(article) if project.training_for_id else {}),
            **({"reopen": ""} if stays else {}),
        },
    }


def _urls(slug: str, article_id: int, *, review: bool) -> dict[str, str]:
    author = "gold" if review else "me"
    page = "articles:review" if review else "articles:editor"
    verbs = ("submit", "reopen", "approve", "flag", "skip", "time")
    return {
        **{verb: reverse(f"api:{verb}", args=[article_id]) for verb in verbs},
        "edits": reverse("api:edits", args=[article_id, author]),
        "layer": reverse("api:layer", args=[article_id, author]),
        "history": reverse("api:history", args=[article_id, author]),
        "threads": reverse("api:threads", args=[article_id]),
        "members": reverse("api:members", args=[slug]),
        "place": reverse("api:correction-todo", args=[slug, 0]),
        "next": reverse("api:next-review" if review else "api:next", args=[slug]),
        "editor": reverse(page, args=[slug, article_id]),
        "data": reverse("api:editor-data", args=[0]).replace("/0/", "/{id}/")
        + ("?review=1" if review else ""),
        "list": reverse("articles:articles", args=[slug]),
        "me": reverse("api:me"),
        "login": reverse("account_login") + "?" + urlencode({"next": reverse("users:signed-in")}),
    }


def why_locked(caller: Caller, article: Article, layer: Layer | None, *, review: bool) -> str:
    """Why the caller cannot change this layer now, as a sentence; empty when they can."""
    denied = caller.why_not(Permission.REVIEW if review else Permission.ANNOTATE)
    if denied:
        return denied
    if layer and layer.approved_at:
        return gettext("This article is approved. Reopen it to change it.")
    if layer and layer.submitted_at:
        return gettext("You submitted this article. Reopen it to change it.")
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


def queue_figures(caller: Caller, article: Article) -> dict[str, int]:
    """The quiet figures at the top: the article's place in the project, and what I handed in today."""
    rows = shown_articles(caller.project, caller.user)
    position = rows.filter(pk__lte=place_of(article)).count() or 1
    return {
        "position": position,
        "total": rows.count(),
        "done_today": done_today(caller.user, caller),
    }


def done_today(user: User, caller: Caller) -> int:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Assignment.objects.of(user).filter(article__project=caller.project, submitted_at__gte=midnight)
    return mine.count()


def _suggestions(
    article: Article, layer: Layer | None, project: Project, adjudication: Adjudication | None
) -> list[dict[str, Any]]:
    """What engines offer; to a reviewer, what those who have handed in say and gold does not."""
    if adjudication and adjudication.layers:
        return readings_offered(adjudication, layer, named=project.readers_shown)
    return open_suggestions(article, layer)


def _people(
    article: Article, gold: Layer | None, adjudication: Adjudication | None, *, named: bool
) -> list[dict[str, Any]]:
    """Who did what. Where a reviewer judges readings and not people, those who handed in are letters."""
    if adjudication is None:
        return []
    people = readings_of_people(article, gold)
    if named or len(adjudication.layers) < 2:
        return people
    rows = {one["author"]: one for one in people}
    letters = zip(adjudication.letters, adjudication.layers, strict=True)
    return [{**rows[layer.author], "author": letter} for letter, layer in letters]


def _as_shown(suggestions: list[dict[str, Any]], shown: str) -> list[dict[str, Any]]:
    """Where the project hides how sure engines are, it is not even sent."""
    if shown != ConfidenceShown.HIDDEN:
        return suggestions
    return [{**one, "confidence": None} for one in suggestions]


def _article(article: Article) -> dict[str, Any]:
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


def _story(project: Project, article: Article) -> dict[str, Any]:
    """How many other articles tell the same story, and where they are listed."""
    url = reverse("articles:story", args=[project.slug, article.pk])
    return {"others": count_in_story(article) - 1, "url": url}


def _version(caller: Caller, article: Article) -> dict[str, Any] | None:
    """Which text of the article this is, and where all are listed; nothing of a first text, but for those who
    may correct it."""
    number = version_number(article)
    if number == 1 and not caller.may(Permission.MANAGE):
        return None
    url = reverse("articles:text-versions", args=[caller.project.slug, article.pk])
    return {"number": number, "url": url}


def _claim(caller: Caller, article: Article) -> dict[str, Any]:
    """How the caller holds the article: whether they flagged or skipped it, when it is due, and their time at
    it so far."""
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


def _note(caller: Caller, article: Article) -> dict[str, str]:
    """The reviewer's comment, while the article is back with its annotators. Those who had not handed in yet
    read it nowhere: it may tell what others marked."""
    last = Review.objects.filter(article=article).select_related("reviewer").last()
    if last is None or last.decision != Review.Decision.SENT_BACK or article.status != Status.IN_PROGRESS:
        return {"text": "", "by": ""}
    told = Notification.objects.of(caller.user).filter(kind=Notification.Kind.SENT_BACK, key=str(last.pk))
    if not caller.may(Permission.VIEW_ALL_LAYERS) and not told.exists():
        return {"text": "", "by": ""}
    return {"text": last.comment, "by": last.reviewer.name}
