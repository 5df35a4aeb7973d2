"""What a correction left to people, as they read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Least, Substr
from django.utils.translation import gettext as _

from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.texts.marking import Piece, marked
from articles.models import Article, CorrectionTodo, Layer, title_or_number

CONTEXT = 90  # code points on each side
LONGEST = 500
KEEP, REMOVE, DONE = "keep", "remove", "done"


@dataclass(frozen=True)
class Answer:
    """What can be said of a place: `value` is sent, `key` is the key on the page."""

    value: str
    title: str
    key: str


@dataclass(frozen=True)
class TodoRow:
    """A place with the words around it; `was` are the words of the old text that the span stood on. `place`
    is what the editor's address asks for."""

    todo: CorrectionTodo
    title: str
    article: int
    place: str
    pieces: list[Piece]
    was: str
    answers: list[Answer]

    @property
    def is_gold(self) -> bool:
        return self.todo.layer.kind == Layer.Kind.GOLD


def todos_for(project: Project, user: User, *, reviews: bool) -> QuerySet[CorrectionTodo]:
    """The places that wait for this person."""
    return CorrectionTodo.objects.of(project).open().for_caller(user, reviews=reviews)


def with_words(todos: QuerySet[CorrectionTodo]) -> QuerySet[CorrectionTodo]:
    """With the words around each place, and those of the old text, but not the whole texts."""
    rows = todos.annotate(
        title=F("layer__article__title"),
        article=F("layer__article"),
        quoted_from=Greatest(F("start") - CONTEXT, 0),
    )
    width = Least(F("end") + CONTEXT - F("quoted_from"), LONGEST)
    was = Least(F("was_end") - F("was_start"), LONGEST)
    rows = rows.annotate(
        quote=Substr("layer__article__text", F("quoted_from") + 1, width),
        was=Substr("correction__corrected__text", F("was_start") + 1, was),
    )
    return rows.select_related("layer")


def todo_rows(todos: Iterable[Any], project: Project) -> Iterator[TodoRow]:
    """Of todos `with_words`."""
    colours = {label.name: label.colour for label in published_definition(project.pk).labels}
    for one in todos:
        place = (one.start - one.quoted_from, one.end - one.quoted_from, one.label)
        yield TodoRow(
            todo=one,
            title=title_or_number(one.title, one.article),
            article=one.article,
            place=f"{one.start}-{max(one.end, one.start + 1)}",
            pieces=marked(one.quote, [place] if one.end > one.start else [], colours),
            was=one.was or "",
            answers=answers_to(one),
        )


def answers_to(todo: CorrectionTodo) -> list[Answer]:
    """What can be said of it without the editor."""
    if todo.span is None:
        is_new = todo.kind == CorrectionTodo.Kind.NEW
        return [Answer(DONE, _("Nothing is missing here") if is_new else _("It may go"), "1")]
    return [Answer(KEEP, _("It is right as it stands"), "1"), Answer(REMOVE, _("Remove it"), "2")]


def todos_in(article: Article, layer: Layer | None) -> list[dict[str, Any]]:
    """What is still to be looked at in that layer, for the editor, in the order of the text. Offsets are code
    points."""
    if layer is None:
        return []
    rows = CorrectionTodo.objects.open().filter(layer=layer, correction__article=article)
    return [
        {
            "id": one.pk,
            "kind": one.kind,
            "span": str(one.span) if one.span else None,
            "label": one.label,
            "start": one.start,
            "end": one.end,
            "was": one.was or "",
            "answers": [{"value": answer.value, "title": answer.title} for answer in answers_to(one)],
        }
        for one in _in_order(with_words(rows))
    ]


def _in_order(rows: QuerySet[CorrectionTodo]) -> Iterable[Any]:
    return rows.order_by("start", "end", "pk")
