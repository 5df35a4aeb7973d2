"""Edits of an old text that arrive after it was corrected, translated to the new text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from articles.domain.corrections.reanchoring import Reanchoring
from articles.domain.layers.edits import EditRefused, EditRequest, as_uuid
from articles.domain.spans import Span, problem_with_offsets

WORDS_CHANGED = "The text was corrected meanwhile, and these words are not in it as they were: “{}”."
_NAMES = ("id", "source", "target")
_NOBODY = UUID(int=0)


def translated(
    edit: EditRequest, *, ids: Mapping[UUID, UUID], way: Reanchoring, old_text: str
) -> EditRequest:
    """The edit for the new text. `ids` maps the ids of spans and relations of the old layer to those in the
    new one.

    Raises EditRefused where the words of the edit have no certain place in the new text.
    """
    if edit.op == "decide":
        raise EditRefused("The text was corrected meanwhile. Settle this in the new text.")
    if not isinstance(edit.data, Mapping):
        return edit
    data = dict(edit.data)
    for name in _NAMES:
        known = ids.get(as_uuid(data.get(name)) or _NOBODY)
        if known and edit.op not in ("reject_suggestion", "restore_suggestion"):
            data[name] = str(known)
    if "start" in data or "end" in data:
        data |= _place(data, way, old_text)
    return replace(edit, data=data)


def _place(data: Mapping[str, Any], way: Reanchoring, old_text: str) -> dict[str, Any]:
    span = place_of(data, len(old_text))
    if span is None:
        raise EditRefused("The text was corrected meanwhile. Say where the span begins and where it ends.")
    moved = way.certain(span)
    if moved is None:
        raise EditRefused(WORDS_CHANGED.format(span.surface(old_text)[:200]))
    fragments = [list(piece) for piece in moved.fragments]
    return {"start": moved.start, "end": moved.end, **({"fragments": fragments} if fragments else {})}


def place_of(data: Mapping[str, Any], length: int) -> Span | None:
    """Where the edit's span is in a text of that length; None if the edit does not say so properly."""
    start, end, pieces = data.get("start"), data.get("end"), data.get("fragments") or []
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(pieces, list):
        return None
    try:
        fragments = tuple((int(first), int(last)) for first, last in pieces)
    except (TypeError, ValueError):
        return None
    problem = problem_with_offsets(start, end, length, fragments)
    return None if problem else Span(_NOBODY, start, end, str(data.get("label", ""))[:64], fragments)
