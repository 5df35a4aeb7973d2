"""All that the editor needs to open an article, in one piece of JSON-ready data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from annotator.schemas.queries import published_version
from annotator.users.models import ConfidenceShown, Project
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Article, Layer
from articles.queries.corrections.todos import todos_in
from articles.queries.editor.about_article import (
    article_body,
    claim_of,
    note_for,
    queue_figures,
    story_of,
    version_of,
)
from articles.queries.editor.locks import why_locked
from articles.queries.gold.adjudication import (
    Adjudication,
    adjudication_body,
    adjudication_of,
    readings_offered,
)
from articles.queries.guidelines import guidelines_html
from articles.queries.known_gold.exercises import addresses_of_copy
from articles.queries.layers.bodies import (
    consistent_body,
    layer_state_name,
    open_suggestions,
    readings_of_people,
)
from articles.queries.reopening import why_not_taken_back
from articles.queries.stories.own_readings import with_own_readings
from articles.queries.suggestions.blind import about_blind, engines_are_hidden, works_blind
from articles.queries.suggestions.plants import about_plants, accepted_plants, with_plants
from articles.queries.threads import threads_of

_EMPTY: dict[str, Any] = {"spans": [], "relations": [], "labels": [], "rejected": []}


def editor_bootstrap(caller: Caller, article: Article, *, review: bool) -> dict[str, Any]:
    """What the editor starts from (its fields are typed in static/editor/types.js).

    `review` opens the gold layer instead of the caller's own. Offsets are code points.
    """
    layers = Layer.objects.filter(article=article).select_related("user", "engine")
    layer = layers.gold().first() if review else layers.by_user(caller.user).first()
    opening = _Opening(caller, article, layer, review)
    version = published_version(article.project_id)
    return {
        "mode": opening.mode,
        "user": _user(caller),
        "article": article_body(article),
        "story": story_of(caller.project, article),
        "layer": _layer(opening),
        **_suggestions(opening),
        "schema": {"version": version.number, **version.data},
        "places": todos_in(article, layer),
        "version": version_of(caller, article),
        "note": note_for(caller, article),
        "claim": claim_of(caller, article),
        "threads": threads_of(article, caller.user),
        **_review(opening),
        "queue": queue_figures(caller, article),
        "project": _project(caller.project),
        "urls": _urls(opening),
    }


@dataclass(frozen=True)
class _Opening:
    """An article opened by somebody: the layer that they work on (None: not begun), and what they may do."""

    caller: Caller
    article: Article
    layer: Layer | None
    review: bool

    @property
    def mode(self) -> str:
        return "review" if self.review else "annotate" if self.annotates else "read"

    @cached_property
    def annotates(self) -> bool:
        return not self.review and self.caller.may(Permission.ANNOTATE)

    @cached_property
    def stays_handed_in(self) -> str:
        """Why the caller cannot take back what they have handed in; empty where they can, or have not."""
        handed_in = self.annotates and self.layer is not None and self.layer.submitted_at is not None
        return why_not_taken_back(self.article, self.caller.user) if handed_in else ""

    @cached_property
    def locked(self) -> str:
        """Why the caller cannot change the layer; empty where they can."""
        return self.stays_handed_in or why_locked(self.caller, self.article, self.layer, review=self.review)

    @cached_property
    def is_blind(self) -> bool:
        """Whether the caller gets no suggestions here."""
        return self.annotates and works_blind(self.article, self.caller.user)

    @cached_property
    def adjudication(self) -> Adjudication | None:
        return adjudication_of(self.article) if self.review else None


def _user(caller: Caller) -> dict[str, Any]:
    return {
        "username": caller.user.username,
        "display_name": caller.user.name,
        "preferences": caller.user.preferences,
    }


def _layer(opening: _Opening) -> dict[str, Any]:
    layer = opening.layer
    return {
        "author": "gold" if opening.review else f"user:{opening.caller.user.username}",
        "version": layer.version if layer else 0,
        "state": layer_state_name(layer),
        "editable": not opening.locked,
        "locked_reason": opening.locked,
        **(consistent_body(layer) if layer else _EMPTY),
    }


def _suggestions(opening: _Opening) -> dict[str, Any]:
    """The suggestions, and what is said about them."""
    article, project = opening.article, opening.caller.project
    offered = _as_shown(_offered(opening), project.confidence_shown)
    return {
        "suggestions": offered,
        "about_suggestions": about_blind(project) if opening.is_blind and not opening.locked else "",
        "about_plants": about_plants(project) if opening.annotates and not opening.locked else "",
        "planted": accepted_plants(article, None if opening.review else opening.caller.user),
    }


def _offered(opening: _Opening) -> list[dict[str, Any]]:
    """What engines suggest. To a reviewer, what annotators handed in and gold does not have."""
    article, layer, user = opening.article, opening.layer, opening.caller.user
    if opening.is_blind:
        return []
    adjudication = opening.adjudication
    if adjudication and adjudication.layers:
        return readings_offered(adjudication, layer, named=opening.caller.project.readers_shown)
    offered = open_suggestions(article, layer)
    if opening.annotates:
        offered = with_own_readings(offered, article, layer, user)
    if opening.annotates and engines_are_hidden(article, user):
        offered = with_plants(offered, article, layer, user)
    return offered


def _as_shown(suggestions: list[dict[str, Any]], shown: str) -> list[dict[str, Any]]:
    """Where the project hides how sure engines are, it is not even sent; else in hundredths. Exact, it would
    give away a planted suggestion, which is as sure as the one that it was drawn for."""
    is_hidden = shown == ConfidenceShown.HIDDEN
    return [
        {**one, "confidence": None if is_hidden else _hundredths(one["confidence"])} for one in suggestions
    ]


def _hundredths(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, 2)


def _review(opening: _Opening) -> dict[str, Any]:
    """Who did what, and where they disagree: for reviewers only."""
    adjudication, named = opening.adjudication, opening.caller.project.readers_shown
    if adjudication is None:
        return {"people": [], "adjudication": None}
    people = _people(opening.article, opening.layer, adjudication, named=named)
    return {"people": people, "adjudication": adjudication_body(adjudication, named=named)}


def _people(
    article: Article, gold: Layer | None, adjudication: Adjudication, *, named: bool
) -> list[dict[str, Any]]:
    """Who did what. Where reviewers judge readings without knowing whose they are, people are letters."""
    people = readings_of_people(article, gold)
    if named or len(adjudication.layers) < 2:
        return people
    rows = {one["author"]: one for one in people}
    letters = zip(adjudication.letters, adjudication.layers, strict=True)
    return [{**rows[layer.author], "author": letter} for letter, layer in letters]


def _project(project: Project) -> dict[str, Any]:
    return {
        "slug": project.slug,
        "name": project.name,
        "url": reverse("articles:project", args=[project.slug]),
        "guidelines_html": guidelines_html(project.training_for or project),
        "confidence_shown": project.confidence_shown,
    }


def _urls(opening: _Opening) -> dict[str, str]:
    project, article = opening.caller.project, opening.article
    return {
        **_usual_urls(project.slug, article.pk, review=opening.review),
        **(addresses_of_copy(article) if project.training_for_id else {}),
        **({"reopen": ""} if opening.stays_handed_in else {}),
    }


def _usual_urls(slug: str, article_id: int, *, review: bool) -> dict[str, str]:
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
