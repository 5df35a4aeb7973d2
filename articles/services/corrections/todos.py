"""Places of a corrected text, settled one by one."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import User
from articles.domain.layers.edits import EditRequest
from articles.models import CorrectionTodo
from articles.queries.corrections.todos import REMOVE, answers_to
from articles.services.edits import mend_layer


def settle_correction_todo(*, todo: CorrectionTodo, value: str, by: User) -> None:
    """Say that the place is right, or remove the span, by an edit like any other. What was handed in or
    approved stays so.

    Raises Invalid for what is no answer, and Refused when it was settled before, or the span was changed.
    """
    if value not in {one.value for one in answers_to(todo)}:
        raise Invalid(_("This is none of the answers."))
    with transaction.atomic():
        CorrectionTodo.objects.select_for_update(no_key=True).get(pk=todo.pk)
        if not CorrectionTodo.objects.open().filter(pk=todo.pk).exists():
            raise Refused(_("This was settled already, here or in the editor."))
        if value == REMOVE:
            edit = EditRequest(uuid4(), "remove_span", {"id": str(todo.span)})
            (result,) = mend_layer(layer=todo.layer, by=by, edits=[edit]).results
            if result.status == "rejected":
                raise Refused(result.reason)
        CorrectionTodo.objects.filter(pk=todo.pk).update(settled_at=timezone.now(), settled_by=by)
