"""The selects by which a person says what the names of an upload become in the label schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.schemas.definition import Definition, is_name
from annotator.schemas.likely import likely_name
from articles.domain.layers.unknown_names import AUTHORS
from articles.models import Import

KINDS = {
    "labels": _("Label"),
    "relations": _("Relation"),
    "attributes": _("Attribute"),
    "article_labels": _("Label of the article"),
    AUTHORS: _("Author of layers"),
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
        return str(KINDS[self.kind])

    @property
    def field(self) -> str:
        return f"{self.kind}:{self.name}"


def name_choices(upload: Import, definition: Definition, authors: Sequence[str]) -> list[NameChoice]:
    """The names that the project lacks, and those that were given another name already. `authors` are those
    that can have a layer."""
    known = {
        "labels": sorted(definition.active_names),
        "relations": sorted(definition.relations_by_name),
        "attributes": sorted(definition.attributes_by_name),
        "article_labels": sorted(definition.article_label_names),
        AUTHORS: list(authors),
    }
    counts: dict[str, dict[str, int]] = upload.preview.get("unknown", {})
    return [
        _choice(upload, kind, name, counts.get(kind, {}).get(name, 0), known[kind])
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


def _choice(upload: Import, kind: str, name: str, count: int, known: Sequence[str]) -> NameChoice:
    mapped: dict[str, str] = upload.mapping.get(kind, {})
    if name in mapped:
        new = mapped[name]
        chosen = LEAVE if not new else ADD if new == name and name not in known else f"{NAMED}{new}"
    else:
        likely = likely_name(name, known)
        new, chosen = likely, f"{NAMED}{likely}" if likely else UNDECIDED
    can_be_added = kind != AUTHORS and is_name(name)
    options = [
        (UNDECIDED, _by_itself(upload.unknown, can_be_added)),
        *([(ADD, gettext("add %(name)s to the schema") % {"name": name})] if can_be_added else []),
        (LEAVE, gettext("leave out")),
        *((f"{NAMED}{one}", one) for one in known),
    ]
    if chosen == f"{NAMED}{new}" and new not in known:
        options.append((chosen, new))
    return NameChoice(kind, name, count, chosen, name not in mapped and chosen != UNDECIDED, options)


def _by_itself(policy: str, can_be_added: bool) -> str:
    """What becomes of a name of which nobody says anything."""
    if policy == Import.Unknown.LEAVE_OUT:
        return gettext("left out, as all others")
    if policy == Import.Unknown.ADD and can_be_added:
        return gettext("added, as all others")
    return gettext("a problem")
