"""Builders of test objects. They go through the services, so that tests start from what really can be."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import uuid4

from annotator.users.models import Project, Role, User
from annotator.users.services.members import add_member
from annotator.users.services.tokens import create_token
from articles.domain.layers.edits import EditRequest
from articles.domain.spans import Span
from articles.formats.base import ParsedArticle
from articles.models import Article, Layer
from articles.services.assignments.claiming import submit_article
from articles.services.edits import Outcome, edit_own_layer
from articles.services.intake.articles import store_articles, with_newswire
from articles.services.intake.authors import Target
from articles.services.projects.managing import change_project, create_project

_numbers = count(1)
TEXT = "BERGEN, Norway, Feb. 11. Mara Ellingsen of Northline Press said on Monday that 14 ships sailed."
PASSWORD = "correct-horse-battery"


def make_user(name: str = "", **fields: Any) -> User:
    return User.objects.create_user(name or f"user{next(_numbers)}", password=PASSWORD, **fields)


def make_admin(name: str = "") -> User:
    return make_user(name or f"admin{next(_numbers)}", is_staff=True, is_superuser=True)


def make_project(slug: str = "", **fields: Any) -> Project:
    slug = slug or f"project-{next(_numbers)}"
    project = create_project(slug=slug, name=slug.title(), by=make_admin(), **fields)
    # Nothing is given blind but where a test asks for it: a lot would decide what other tests see.
    return change_project(project=project, changes={"blind_share": 0})


def make_member(project: Project, role: str = Role.ANNOTATOR, name: str = "") -> User:
    user = make_user(name)
    add_member(project=project, user=user, role=role)
    return user


def make_articles(project: Project, count: int, text: str = TEXT, **fields: Any) -> list[Article]:
    parsed = [ParsedArticle(text=f"{text} ({n})", file="test", line=n, **fields) for n in range(1, count + 1)]
    return store(project, parsed)


def make_article(project: Project, text: str = TEXT, **fields: Any) -> Article:
    return store(project, [ParsedArticle(text=text, file="test", **fields)])[0]


def store(project: Project, parsed: list[ParsedArticle]) -> list[Article]:
    """These articles as an import by the project's owner stores them: spans are gold."""
    ids = store_articles(
        project=project,
        articles=[with_newswire(one) for one in parsed],
        target=Target(user=None, by=project.created_by),
    )
    return list(Article.objects.filter(pk__in=ids).select_related("project").order_by("pk"))


def make_span(start: int = 25, end: int = 39, label: str = "PERSON") -> Span:
    return Span(uuid4(), start, end, label)


def add_span(start: int = 25, end: int = 39, label: str = "PERSON", **more: Any) -> EditRequest:
    """An `add_span` edit; by default on "Mara Ellingsen" in TEXT."""
    return EditRequest(
        uuid4(), "add_span", {"id": str(uuid4()), "start": start, "end": end, "label": label, **more}
    )


def annotate(article: Article, by: User, *edits: EditRequest) -> Outcome:
    return edit_own_layer(article=article, by=by, edits=edits or [add_span()])


def make_submitted(article: Article, by: User) -> Layer:
    annotate(article, by)
    submit_article(article=article, by=by)
    return Layer.objects.get(article=article, user=by)


def make_token(user: User, **fields: Any) -> str:
    return create_token(user=user, name="test", **fields)[1]
