"""What a change of the label schema left to people, as they read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext

from annotator.schemas.definition import Attribute, Definition
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.models import SchemaTodo, Span, title_or_number
from articles.queries.pages import Ordering
from articles.queries.schema_changes.changes import plan_of
from articles.queries.todos import Answer, TodoRow, quote_pieces, with_quotes

OLDEST_FIRST = Ordering("id")
# Keys for answers; other letters move in the list or mean something else there.
ANSWER_KEYS = "123456789"
KEEP_KEY = "0"


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
    )
    return with_quotes(rows, "begins", "ends").select_related("layer", "change")


def todo_rows(todos: Iterable[Any], project: Project) -> Iterator[TodoRow[SchemaTodo]]:
    """Of todos `with_words`."""
    definition = published_definition(project.pk)
    colours = {label.name: label.colour for label in definition.labels}
    for one in todos:
        yield TodoRow(
            todo=one,
            title=title_or_number(one.title, one.article),
            article=one.article,
            place=f"{one.begins}-{one.ends}",
            pieces=quote_pieces(one, one.begins, one.ends, colours),
            answers=answers_to(one, definition),
            question=_question(one),
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


def _question(todo: SchemaTodo) -> str:
    if todo.attribute:
        return gettext("What is its %(attribute)s?") % {"attribute": todo.attribute}
    return gettext("Which label is it?")


def _values(attribute: Attribute | None) -> list[tuple[str, str]]:
    if attribute is None or attribute.type == "text":
        return []
    if attribute.type == "boolean":
        return [("yes", gettext("Yes")), ("no", gettext("No"))]
    return [(option, option) for option in attribute.options]
