"""Spans that a change of the label schema left to people, settled one by one.

Beside `schema_changes`, not in it: settling makes an edit, and edits stand on `schema_changes`, which first
brings a layer's names up to date.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.schemas.queries import published_definition
from annotator.users.models import User
from articles.domain.layers.edits import EditRequest
from articles.models import SchemaTodo, Span
from articles.queries.schema_changes.todos import answers_to
from articles.services.edits import mend_layer


def settle_todo(*, todo: SchemaTodo, value: str, by: User) -> None:
    """Give the span the label or the attribute that `value` says, by an edit like any other; the same label
    keeps it. What was handed in or approved stays so: the schema asks for it, it is no new reading.

    Raises Invalid for what is no answer, and Refused when it was settled before, when the span is gone, or
    when the schema does not allow it.
    """
    if value not in {one.value for one in answers_to(todo, published_definition(todo.change.project_id))}:
        raise Invalid(_("This is none of the answers."))
    with transaction.atomic():
        # What was settled is not opened again by this: layers that were handed in are changed here.
        SchemaTodo.objects.select_for_update(no_key=True).get(pk=todo.pk)
        if not SchemaTodo.objects.open().filter(pk=todo.pk).exists():
            raise Refused(_("This was settled already, here or in the editor."))
        if todo.attribute or value != todo.label:
            (result,) = mend_layer(layer=todo.layer, by=by, edits=[_edit(todo, value)]).results
            if result.status == "rejected":
                raise Refused(result.reason)
        SchemaTodo.objects.filter(pk=todo.pk).update(settled_at=Now(), settled_by=by)


def _edit(todo: SchemaTodo, value: str) -> EditRequest:
    data: dict[str, Any] = {"id": str(todo.span), "label": value}
    if todo.attribute:
        span = Span.objects.filter(pk=todo.span, layer=todo.layer).first()
        given: str | bool = value
        if published_definition(todo.change.project_id).attributes_by_name[todo.attribute].type == "boolean":
            given = value == "yes"
        attributes = {**(span.attributes if span else {}), todo.attribute: given}
        data = {"id": str(todo.span), "attributes": attributes}
    return EditRequest(uuid4(), "change_span", data)
