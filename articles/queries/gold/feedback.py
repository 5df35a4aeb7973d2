"""What gold changed in annotators' work, article by article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from annotator.users.models import Project, User
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Feedback
from articles.queries.pages import Ordering, Page, page_of

PAGE_SIZE = 20
LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Change:
    """One difference. `place` is what the editor's address asks for; empty for article labels."""

    kind: str
    name: str
    place: str
    words: str
    said: str
    gold: str
    reason: str


@dataclass(frozen=True)
class ArticleFeedback:
    article: int
    title: str
    person: str
    given_at: datetime
    is_new: bool
    changes: tuple[Change, ...]


def feedback_page(
    caller: Caller, person: User | None, cursor: str | None
) -> tuple[list[ArticleFeedback], Page[Feedback]]:
    """The newest first: managers see everybody's or one person's, others their own. Raises Invalid for a
    damaged cursor."""
    only = person if caller.may(Permission.MANAGE) else caller.user
    rows = Feedback.objects.of(caller.project, only).select_related("article", "layer__user")
    newest = Ordering("pk", descending=True)
    page = page_of(rows, newest, cursor=cursor, size=PAGE_SIZE)
    return [_told(row) for row in page.rows], page


def unseen_feedback(project: Project, user: User) -> int:
    """Articles of the person in which something was changed that they have not read yet."""
    return Feedback.objects.of(project, user).unseen().count()


def people_with_feedback(project: Project) -> list[User]:
    given = Feedback.objects.of(project).values("layer__user")
    return list(User.objects.filter(pk__in=given).order_by("username"))


def _told(row: Feedback) -> ArticleFeedback:
    article, text = row.article, row.article.text
    changes = tuple(_change(one, text) for one in row.changes)
    title = str(article)
    person = row.layer.user.name if row.layer.user else ""
    return ArticleFeedback(article.pk, title, person, row.given_at, row.seen_at is None, changes)


def _change(one: Mapping[str, Any], text: str) -> Change:
    is_placed = one["start"] is not None
    words = _quoted(text, one) if is_placed else ""
    place = f"{one['start']}-{one['end']}" if is_placed else ""
    said, gold = (in_words(one[side], one["kind"], text) for side in ("said", "gold"))
    return Change(one["kind"], one["name"], place, words, said, gold, one["reason"])


def in_words(said: Mapping[str, Any], kind: str, text: str) -> str:
    """What somebody said, as `articles.domain.gold.told` keeps it, in a few words."""
    if kind == "attribute":
        return _value(said.get("value"))
    if kind == "article_label":
        return gettext("yes") if said.get("value") else gettext("no")
    parts = [f"{one['label']} {_quoted(text, one)}" for one in said.get("spans", ())]
    parts += [
        f"{one['type']} {_quoted(text, one['source'])} → {_quoted(text, one['target'])}"
        for one in said.get("links", ())
    ]
    parts += [" = ".join(_quoted(text, one) for one in chain) for chain in said.get("chains", ())]
    return "; ".join(parts) or gettext("nothing")


def _value(value: Any) -> str:
    if value is None:
        return gettext("no value")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)


def _quoted(text: str, place: Mapping[str, Any]) -> str:
    words = " ".join(text[place["start"] : place["end"]].split())
    return f"“{words[:LONGEST_QUOTE]}…”" if len(words) > LONGEST_QUOTE else f"“{words}”"
