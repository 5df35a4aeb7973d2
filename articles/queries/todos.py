"""Places in articles that people have to look at, as a list shows them.

The correction of a text and a change of the label schema leave such places over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Least, Substr

from articles.domain.texts.marking import Piece, marked
from articles.models import CorrectionTodo, Layer, SchemaTodo

CONTEXT = 90  # code points on each side
LONGEST = 500

Todo = TypeVar("Todo", CorrectionTodo, SchemaTodo)


@dataclass(frozen=True)
class Answer:
    """One of the answers to choose from: `value` is sent, `title` is shown, `key` is the key on the page."""

    value: str
    title: str
    key: str


@dataclass(frozen=True)
class TodoRow(Generic[Todo]):
    """A place with the words around it. `place` is what the editor's address asks for.

    Without `answers` to choose from, the answer is given in the editor. `was` are the words that stood there
    in the old text.
    """

    todo: Todo
    title: str
    article: int
    place: str
    pieces: list[Piece]
    answers: list[Answer]
    question: str = ""
    was: str = ""

    @property
    def is_gold(self) -> bool:
        return self.todo.layer.kind == Layer.Kind.GOLD


def with_quotes(todos: QuerySet[Todo], start: str, end: str) -> QuerySet[Todo]:
    """With the words around each place, but not the whole text. `start` and `end` name the columns of its
    offsets."""
    rows = todos.annotate(
        title=F("layer__article__title"),
        article=F("layer__article"),
        quoted_from=Greatest(F(start) - CONTEXT, 0),
    )
    width = Least(F(end) + CONTEXT - F("quoted_from"), LONGEST)
    quote = Substr("layer__article__text", F("quoted_from") + 1, width)
    return rows.annotate(quote=quote).select_related("layer")


def quote_pieces(todo: Any, start: int, end: int, colours: Mapping[str, int]) -> list[Piece]:
    """The quote of a todo `with_quotes`, with its place marked, unless the place has become empty."""
    place = (start - todo.quoted_from, end - todo.quoted_from, todo.label)
    return marked(todo.quote, [place] if end > start else [], colours)
