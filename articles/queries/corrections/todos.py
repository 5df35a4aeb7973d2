"""What a correction left to people, as they read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Least, Substr
from django.utils.translation import gettext as _

from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.models import Article, CorrectionTodo, Layer, title_or_number
from articles.queries.todos import LONGEST, Answer, TodoRow, quote_pieces, with_quotes

KEEP, REMOVE, DONE = "keep", "remove", "done"


def todos_for(project: Project, user: User, *, reviews: bool) -> QuerySet[CorrectionTodo]:
    """The places that wait for this person."""
    return CorrectionTodo.objects.of(project).open().for_caller(user, reviews=reviews)


def with_words(todos: QuerySet[CorrectionTodo]) -> QuerySet[CorrectionTodo]:
    """With the words around each place, and those of the old text, but not the whole texts."""
    was = Least(F("was_end") - F("was_start"), LONGEST)
    rows = todos.annotate(was=Substr("correction__corrected__text", F("was_start") + 1, was))
    return with_quotes(rows, "start", "end")


def todo_rows(todos: Iterable[Any], project: Project) -> Iterator[TodoRow[CorrectionTodo]]:
    """Of todos `with_words`."""
    colours = {label.name: label.colour for label in published_definition(project.pk).labels}
    for one in todos:
        yield TodoRow(
            todo=one,
            title=title_or_number(one.title, one.article),
            article=one.article,
            place=f"{one.start}-{max(one.end, one.start + 1)}",
            pieces=quote_pieces(one, one.start, one.end, colours),
            answers=answers_to(one),
            was=one.was or "",
        )


def answers_to(todo: CorrectionTodo) -> list[Answer]:
    """What can be said of it without the editor."""
    if todo.span is None:
        is_new = todo.kind == CorrectionTodo.Kind.NEW
        return [Answer(DONE, _("Nothing is missing here") if is_new else _("It may go"), "1")]
    return [Answer(KEEP, _("It is right as it stands"), "1"), Answer(REMOVE, _("Remove it"), "2")]


def todos_in(article: Article, layer: Layer | None) -> list[dict[str, Any]]:
    """What is still to be looked at in that layer, for the editor, in the order of the text.

    Offsets are in code points.
    """
    if layer is None:
        return []
    rows = CorrectionTodo.objects.open().filter(layer=layer, correction__article=article)
    in_order: Iterable[Any] = with_words(rows).order_by("start", "end", "pk")
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
        for one in in_order
    ]
