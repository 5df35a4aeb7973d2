"""What differs between two definitions, in words for a person: no Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from annotator.schemas.definition import Definition, Label

_NOUNS = (("relations", "relation type"), ("attributes", "attribute"), ("article_labels", "article label"))


def changes_between(old: Definition, new: Definition) -> list[str]:
    """One sentence for each change, labels first. A label that `new` lacks counts as retired, because
    publishing retires it."""
    found = _label_changes(old, new)
    for kind, noun in _NOUNS:
        found += _row_changes(noun, _by_name(getattr(old, kind)), _by_name(getattr(new, kind)))
    for field in fields(old.overlap):
        if getattr(old.overlap, field.name) != getattr(new.overlap, field.name):
            now = "allowed" if getattr(new.overlap, field.name) else "not allowed"
            found.append(f"{field.name.capitalize()} spans are now {now}.")
    if not found and old != new:
        found.append("The order changes.")
    return found


def _label_changes(old: Definition, new: Definition) -> list[str]:
    before, after = _by_name(old.labels), _by_name(new.labels)
    found = [f"The label {name} is added." for name in after if name not in before]
    for name, label in before.items():
        now: Label | None = after.get(name)
        if not label.retired and (now is None or now.retired):
            found.append(f"The label {name} is retired: its spans stay, new ones cannot be made.")
        elif label.retired and now is not None and not now.retired:
            found.append(f"The label {name} is back.")
        elif now is not None and (what := _differing(label, now)):
            found.append(f"The label {name} gets another {what}.")
    return found


def _row_changes(noun: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    found = [f"The {noun} {name} is added." for name in after if name not in before]
    found += [f"The {noun} {name} is removed." for name in before if name not in after]
    both = [name for name in before if name in after and before[name] != after[name]]
    return found + [
        f"The {noun} {name} gets another {_differing(before[name], after[name])}." for name in both
    ]


def _by_name(rows: Any) -> dict[str, Any]:
    return {row.name: row for row in rows}


def _differing(one: Any, other: Any) -> str:
    names = [field.name for field in fields(one) if getattr(one, field.name) != getattr(other, field.name)]
    return " and ".join(name.replace("_", " ") for name in names)
