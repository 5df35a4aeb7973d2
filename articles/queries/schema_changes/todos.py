"""What a change of the label schema left to people, as they read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest, Least, Substr
from django.utils.translation import gettext

from annotator.schemas.definition import Attribute, Definition
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.texts.marking import Piece, marked
from articles.models import Layer, SchemaTodo, Span, title_or_number
from articles.queries.pages import Ordering
from articles.queries.schema_changes.changes import plan_of

CONTEXT = 90  # code points on each side
LONGEST = 500
OLDEST_FIRST = Ordering("id")
# Keys for answers; other letters move in the list or mean something else there.
ANSWER_KEYS = "123456789"
KEEP_KEY = "0"


@dataclass(frozen=True)
class Answer:
    """What can be said of a span: `value` is sent, `key` is the key on the page."""

    value: str
    title: str
    key: str


@dataclass(frozen=True)
class TodoRow:
    """A span with the words around it. `place` is what the editor's address asks for; no `answers`: it is
    typed, in the editor."""

    todo: SchemaTodo
    title: str
    place: str
    pieces: list[Piece]
    question: str
    answers: list[Answer]

    @property
    def is_gold(self) -> bool:
        return self.todo.layer.kind == Layer.Kind.GOLD


def open_todos(project: Project, user: User, *, reviews: bool) -> QuerySet[SchemaTodo]:
    """What waits for this person."""
    rows = SchemaTodo.objects.filter(change__project=project)
    return rows.open().for_caller(user, reviews=reviews)


def with_words(todos: QuerySet[SchemaTodo]) -> QuerySet[SchemaTodo]:
    """With the words around each span, but not the whole text."""
    spans = Span.objects.filter(pk=OuterRef("span"))
    rows = todos.annotate(
        begins=Subquery(spans.values("start")[:1], output_field=IntegerField()),
        ends=Subquery(spans.values("end")[:1], output_field=IntegerField()),
        title=F("layer__article__title"),
        article=F("layer__article"),
    )
    rows = rows.annotate(quoted_from=Greatest(F("begins") - CONTEXT, 0))
    width = Least(F("ends") + CONTEXT - F("quoted_from"), LONGEST)
    return rows.annotate(quote=Substr("layer__article__text", F("quoted_from") + 1, width)).select_related(
        "layer", "change"
    )


def todo_rows(todos: Iterable[Any], project: Project) -> Iterator[TodoRow]:
    """Of todos `with_words`."""
    definition = published_definition(project.pk)
    colours = {label.name: label.colour for label in definition.labels}
    for one in todos:
        place = (one.begins - one.quoted_from, one.ends - one.quoted_from, one.label)
        yield TodoRow(
            todo=one,
            title=title_or_number(one.title, one.article),
            place=f"{one.begins}-{one.ends}",
            pieces=marked(one.quote, [place], colours),
            question=gettext("What is its %(attribute)s?") % {"attribute": one.attribute}
            if one.attribute
            else gettext("Which label is it?"),
            answers=answers_to(one, definition),
        )


def answers_to(todo: SchemaTodo, definition: Definition) -> list[Answer]:
    """What can be answered by a click: labels that were split off, options of a choice."""
    if todo.attribute:
        values = _values(definition.attributes_by_name.get(todo.attribute))
    else:
        steps = plan_of(todo.change).of("label", "split")
        targets = next((step.targets for step in steps if step.to == todo.label), ())
        values = [(name, name) for name in targets if name in definition.active_names and name != todo.label]
    keys = [*ANSWER_KEYS, *[""] * len(values)]
    answers = [Answer(value, title, key) for (value, title), key in zip(values, keys, strict=False)]
    if todo.attribute:
        return answers
    keep = gettext("It stays %(label)s") % {"label": todo.label}
    return [*answers, Answer(todo.label, keep, KEEP_KEY)]


def _values(attribute: Attribute | None) -> list[tuple[str, str]]:
    if attribute is None or attribute.type == "text":
        return []
    if attribute.type == "boolean":
        return [("yes", "Yes"), ("no", "No")]
    return [(option, option) for option in attribute.options]
