"""Edits: one change to a layer each, read from untrusted JSON.

`parse_edits` refuses what is not an edit at all. Whether an edit fits the layer as it is now is decided by
`articles.domain.layers.state`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

MAX_EDITS = 500
# What each operation acts on: the key under which its data lies.
SUBJECTS: Mapping[str, str] = {
    "add_span": "span",
    "change_span": "span",
    "remove_span": "span",
    "add_relation": "relation",
    "change_relation": "relation",
    "remove_relation": "relation",
    "set_labels": "labels",
    "reject_suggestion": "suggestion",
    "restore_suggestion": "suggestion",
    "decide": "decision",
}


class NotAnEdit(ValueError):
    """The input is no list of edits. The text names the entry and the reason."""


class EditRefused(Exception):
    """An edit that does not fit the layer; the text is a sentence for the person who made it."""


@dataclass(frozen=True, slots=True)
class EditRequest:
    """An edit as the client sent it. `data` is the object or list that `op` acts on, not yet checked.
    `part_of` is the edit whose decision this one carries out."""

    id: UUID
    op: str
    data: Any
    part_of: UUID | None = None

    def to_json(self) -> dict[str, Any]:
        return {SUBJECTS[self.op]: self.data}


def parse_edits(body: object) -> list[EditRequest]:
    """Read `{"edits": [{"id": UUID, "op": ..., ...}]}`. Raises NotAnEdit."""
    rows = body.get("edits") if isinstance(body, Mapping) else None
    if not isinstance(rows, list):
        raise NotAnEdit('Send an object with "edits": a list of edits.')
    if len(rows) > MAX_EDITS:
        raise NotAnEdit(f"Send at most {MAX_EDITS} edits at once, not {len(rows)}.")
    return [_edit(row, number) for number, row in enumerate(rows, start=1)]


def _edit(row: object, number: int) -> EditRequest:
    if not isinstance(row, Mapping):
        raise NotAnEdit(f"Edit {number} is an object with id and op.")
    identity = as_uuid(row.get("id"))
    if identity is None:
        raise NotAnEdit(f'Edit {number} needs an "id" that is a UUID made by the client.')
    op = row.get("op")
    if not isinstance(op, str) or op not in SUBJECTS:
        raise NotAnEdit(f'Edit {number}: "op" is one of {", ".join(SUBJECTS)}.')
    subject = SUBJECTS[op]
    data = row.get(subject)
    if not isinstance(data, list if subject == "labels" else Mapping):
        raise NotAnEdit(f'Edit {number}: {op} needs "{subject}".')
    part_of = as_uuid(row.get("part_of"))
    if part_of is None and row.get("part_of") is not None:
        raise NotAnEdit(f'Edit {number}: "part_of" is the id of a decision, or left out.')
    return EditRequest(identity, op, data, part_of)


def as_uuid(value: object) -> UUID | None:
    """The UUID that `value` writes, or None."""
    if not isinstance(value, str) or len(value) > 45:
        return None
    try:
        return UUID(value)
    except ValueError:
        return None
