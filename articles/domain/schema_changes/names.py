"""Old names replaced by the current ones, in what people and programs send who do not know of a change
yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.schemas.definition import Definition
from articles.domain.layers.edits import EditRefused, EditRequest
from articles.domain.layers.state import LayerState
from articles.domain.schema_changes.mapping import Fate, Renaming, SchemaMapping
from articles.domain.spans import Suggestion


def composed(changes: Sequence[SchemaMapping], now: Definition) -> SchemaMapping:
    """What names mean after all these changes, the oldest first. A name that the schema has now is not
    replaced."""
    labels = {name for one in changes for name in one.labels} - now.active_names
    return SchemaMapping(
        labels={name: _fate(name, changes) for name in labels},
        relations=_followed([one.relations for one in changes], now.relations_by_name),
        attributes=_followed([one.attributes for one in changes], now.attributes_by_name),
        options={
            (attribute, option): to
            for one in changes
            for (attribute, option), to in one.options.items()
            if attribute in now.attributes_by_name and option not in now.attributes_by_name[attribute].options
        },
        article_labels=_followed([one.article_labels for one in changes], now.article_label_names),
    )


def _fate(name: str, changes: Sequence[SchemaMapping]) -> Fate:
    """Rules hold for the words as they are sent, and lead on to what became of their labels."""
    for number, change in enumerate(changes):
        if name in change.labels:
            fate, later = change.labels[name], changes[number + 1 :]
            rules = tuple(replace(rule, to=_plain(rule.to, later) or rule.to) for rule in fate.rules)
            return Fate(_plain(fate.to, later), rules)
    return Fate(name)


def _plain(name: str | None, changes: Iterable[SchemaMapping]) -> str | None:
    for change in changes:
        if name is not None and name in change.labels:
            name = change.labels[name].to
    return name


def _followed(renamings: Sequence[Renaming], known: Iterable[str]) -> Renaming:
    old = {name for one in renamings for name in one} - set(known)
    return {name: _end_of(name, renamings) for name in old}


def _end_of(name: str | None, renamings: Iterable[Renaming]) -> str | None:
    for renaming in renamings:
        name = renaming.get(name, name) if name is not None else None
    return name


def in_current_names(
    edit: EditRequest, names: SchemaMapping, state: LayerState, text: str
) -> tuple[EditRequest, str]:
    """The edit with current names, and a sentence that says which name was replaced, or an empty one.

    Raises EditRefused where the label was deleted.
    """
    read = _READERS.get(edit.op)
    data, note = read(edit.data, names, state, text) if read else (edit.data, "")
    return (replace(edit, data=data), note) if data != edit.data else (edit, "")


def suggestions_by_now(found: Sequence[Suggestion], names: SchemaMapping, text: str) -> Sequence[Suggestion]:
    """Suggestions of an engine that knows the old labels, with current ones; without those whose label was
    deleted."""
    if not names.labels:
        return found
    moved = [(one, names.label(one.label, text[one.start : one.end])) for one in found]
    return [replace(one, label=label) for one, label in moved if label is not None]


_Read = tuple[Any, str]


def _span(data: Mapping[str, Any], names: SchemaMapping, state: LayerState, text: str) -> _Read:
    changed, note = dict(data), ""
    attributes = data.get("attributes")
    if isinstance(attributes, Mapping):
        changed["attributes"] = names.span_attributes(attributes)
        note = _attribute_note(attributes, changed["attributes"])
    label = data.get("label")
    if isinstance(label, str) and label in names.labels:
        changed["label"] = _label(label, names, _surface(data, state, text), attributes)
        note = f"{label} is {changed['label']} by now."
    return changed, note


def _label(label: str, names: SchemaMapping, surface: str, attributes: object) -> str:
    given = attributes if isinstance(attributes, Mapping) else {}
    new = names.label(label, surface, given)
    if new is None:
        raise EditRefused(f"The label {label} was deleted from this project's schema.")
    return new


def _surface(data: Mapping[str, Any], state: LayerState, text: str) -> str:
    """The words of the edit: those that it gives, or those of the span that it changes."""
    start, end = data.get("start"), data.get("end")
    if isinstance(start, int) and isinstance(end, int):
        return text[max(start, 0) : max(end, 0)]
    known = next((one for one in state.spans.values() if str(one.id) == str(data.get("id"))), None)
    return known.surface(text) if known else ""


def _attribute_note(sent: Mapping[str, Any], changed: Mapping[str, Any]) -> str:
    gone = [str(name) for name in sent if name not in changed]
    return f"The attribute {gone[0]} is another one by now, or was deleted." if gone else ""


def _relation(data: Mapping[str, Any], names: SchemaMapping, state: LayerState, text: str) -> _Read:
    kind = data.get("type")
    if not isinstance(kind, str) or kind not in names.relations:
        return data, ""
    new = names.relations[kind]
    if new is None:
        raise EditRefused(f"The relation type {kind} was deleted from this project's schema.")
    return {**data, "type": new}, f"{kind} is {new} by now."


def _article_labels(data: Sequence[Any], names: SchemaMapping, state: LayerState, text: str) -> _Read:
    if not all(isinstance(name, str) for name in data):
        return data, ""
    new = [to for name in data if (to := names.article_labels.get(name, name)) is not None]
    return list(dict.fromkeys(new)), "The article's labels have other names by now."


def _suggestion(data: Mapping[str, Any], names: SchemaMapping, state: LayerState, text: str) -> _Read:
    label = data.get("label")
    if not isinstance(label, str) or label not in names.labels:
        return data, ""
    return {**data, "label": names.label(label, _surface(data, state, text)) or label}, ""


_READERS: Mapping[str, Callable[[Any, SchemaMapping, LayerState, str], _Read]] = {
    "add_span": _span,
    "change_span": _span,
    "add_relation": _relation,
    "change_relation": _relation,
    "set_labels": _article_labels,
    "reject_suggestion": _suggestion,
    "restore_suggestion": _suggestion,
}
