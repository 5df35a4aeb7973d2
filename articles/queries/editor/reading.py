"""Somebody else's layer in the editor, for reading only."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from annotator.users.models import User
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Article, Layer
from articles.queries.editor.opening import editor_bootstrap
from articles.queries.known_gold.exercises import hides_answers
from articles.queries.layers.bodies import consistent_body, layer_state_name
from articles.queries.layers.openness import open_readings


def opened_article(caller: Caller, article: Article, *, review: bool = False) -> dict[str, Any]:
    """What the editor starts from, and as `readings` the people whose layers the caller may open to read.
    Reviewers get none: they have all readings side by side in the review."""
    found = [] if caller.may(Permission.REVIEW) else _readable(caller, article)
    rows = [{"name": one.name, "url": _page(article, one)} for one in found]
    return {**editor_bootstrap(caller, article, review=review), "readings": rows}


def opened_reading(caller: Caller, article: Article, layer: Layer, author: User) -> dict[str, Any]:
    """The same with somebody else's layer, which can only be read."""
    boot = opened_article(caller, article)
    names = {"name": author.name}
    address = reverse("api:editor-data", args=[article.pk])
    return {
        **boot,
        "mode": "read",
        "layer": {
            "author": layer.author,
            "version": layer.version,
            "state": layer_state_name(layer),
            "editable": False,
            "locked_reason": gettext("You are reading what %(name)s marked.") % names,
            **consistent_body(layer),
        },
        "suggestions": [],
        "places": [],
        "about_suggestions": "",
        "about_plants": "",
        "planted": [],
        "note": {"text": "", "by": ""},
        "own": reverse("articles:editor", args=[article.project.slug, article.pk]),
        "urls": {
            **boot["urls"],
            "layer": reverse("api:layer", args=[article.pk, layer.author]),
            "history": reverse("api:history", args=[article.pk, layer.author]),
            "editor": _page(article, author),
            "data": f"{address}?{urlencode({'reading': author.username})}",
            "next": "",
            "reopen": "",
        },
    }


def _readable(caller: Caller, article: Article) -> list[User]:
    """By name."""
    if caller.may(Permission.VIEW_ALL_LAYERS):
        layers = Layer.objects.by_people().filter(article=article, begun_at__isnull=False)
        people = User.objects.filter(pk__in=layers.values("user"))
    else:
        authors = set() if hides_answers(article, caller.user) else open_readings(article, caller.user)
        if not authors:
            return []
        people = User.objects.filter(username__in=[one.removeprefix("user:") for one in authors])
    return list(people.exclude(pk=caller.user.pk).order_by("username"))


def _page(article: Article, author: User) -> str:
    return reverse("articles:reading", args=[article.project.slug, article.pk, author.username])
