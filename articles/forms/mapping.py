"""The selects by which a person says what the names of an upload become in the label schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from annotator.schemas.definition import Definition, is_name
from annotator.schemas.likely import likely_name
from articles.models import Import

KINDS = {
    "labels": "Label",
    "relations": "Relation",
    "attributes": "Attribute",
    "article_labels": "Label of the article",
    "authors": "Layer of",
}
# What is chosen for a name: one of the schema after the last sign, or one of the others.
UNDECIDED, ADD, LEAVE, NAMED = "", "+", "-", "="


@dataclass(frozen=True)
class NameChoice:
    """One name of the upload: how often it occurs, and what it may become. `is_proposal` says that `chosen`
    is a guess that nobody has confirmed."""

    kind: str
    name: str
    count: int
    chosen: str
    is_proposal: bool
    options: list[tuple[str, str]]

    @property
    def title(self) -> str:
        return KINDS[self.kind]

    @property
    def field(self) -> str:
        return f"{self.kind}:{self.name}"


def name_choices(upload: Import, definition: Definition) -> list[NameChoice]:
    """The names that the schema lacks, and those that were given another name already."""
    known = {
        "labels": sorted(definition.active_names),
        "relations": sorted(definition.relations_by_name),
        "attributes": sorted(definition.attributes_by_name),
        "article_labels": sorted(definition.article_label_names),
    }
    counts: dict[str, dict[str, int]] = upload.preview.get("unknown", {})
    return [
        _choice(kind, name, counts.get(kind, {}).get(name, 0), upload.mapping.get(kind, {}), known[kind])
        for kind in known
        for name in {**counts.get(kind, {}), **upload.mapping.get(kind, {})}
    ]


def mapping_of(data: QueryDict) -> dict[str, dict[str, str]]:
    """The mapping that the selects `labels:PER`, `relations:R` ... say."""
    mapping: dict[str, dict[str, str]] = {}
    for kind, name, value in _chosen(data):
        new = {ADD: name, LEAVE: ""}.get(value, value.removeprefix(NAMED))
        mapping.setdefault(kind, {})[name] = new
    return mapping


def _chosen(data: QueryDict) -> Iterator[tuple[str, str, str]]:
    for key, value in data.items():
        kind, colon, name = key.partition(":")
        if colon and kind in KINDS and value != UNDECIDED:
            yield kind, name, str(value)


def _choice(kind: str, name: str, count: int, mapped: dict[str, Any], known: list[str]) -> NameChoice:
    if name in mapped:
        new = mapped[name]
        chosen = LEAVE if not new else ADD if new == name and name not in known else f"{NAMED}{new}"
    else:
        likely = likely_name(name, known)
        chosen = f"{NAMED}{likely}" if likely else UNDECIDED
    adding = [(ADD, f"add {name} to the schema")] if is_name(name) else []
    options = [(UNDECIDED, "a problem"), *adding, (LEAVE, "leave out")]
    options += [(f"{NAMED}{one}", one) for one in known]
    return NameChoice(kind, name, count, chosen, name not in mapped and chosen != UNDECIDED, options)
