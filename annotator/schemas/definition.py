"""What may be labelled, as plain immutable data: no Django here.

A definition travels as JSON between database, API, browser and exports. `parse_definition` is the only way
in, and it names every problem at once, so that a person mends the whole form in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeGuard

PALETTE_SIZE = 36
MAX_LABELS = 200
MAX_NAME = 64
MAX_TEXT = 2000
MAX_OPTIONS = 500

AttributeType = Literal["choice", "text", "boolean"]
ATTRIBUTE_TYPES: tuple[AttributeType, ...] = ("choice", "text", "boolean")

# No space, comma, bracket or quote: names must survive CoNLL tags, CSS attributes and file formats.
_NAME = re.compile(r"[^\W\d_][\w.\-/+&:]*\Z")
_HOTKEY = re.compile(r"[^\s?]{1,2}\Z")
# What PostgreSQL cannot keep: NUL, and half of a surrogate pair.
_UNKEPT = re.compile(r"[\0\ud800-\udfff]")


class DefinitionError(ValueError):
    """A label schema that cannot be used. `problems` holds one sentence for each thing to mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Label:
    """An entity label. `colour` is an index into the palette; a retired label stays readable, not usable."""

    name: str
    colour: int = 0
    hotkey: str = ""
    description: str = ""
    retired: bool = False


@dataclass(frozen=True)
class RelationType:
    """A directed link between spans; empty `sources` or `targets` mean any label.

    A link of a `chain` type says that its ends are the same thing, so that all spans that are linked to each
    other are one chain: coreference.
    """

    name: str
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    description: str = ""
    chain: bool = False


@dataclass(frozen=True)
class Attribute:
    """A span attribute; empty `labels` means that it applies to every label."""

    name: str
    type: AttributeType = "text"
    options: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    required: bool = False
    description: str = ""

    def problem_with(self, value: object) -> str | None:
        """Why `value` cannot be stored here, or None."""
        match self.type:
            case "boolean":
                return None if isinstance(value, bool) else f"{self.name} is true or false."
            case "choice":
                return None if value in self.options else f"{self.name} is one of {', '.join(self.options)}."
            case "text":
                return (
                    None
                    if _is_text(value, MAX_TEXT)
                    else f"{self.name} is a text of at most {MAX_TEXT} characters."
                )


@dataclass(frozen=True)
class ArticleLabel:
    """A label for the article as a whole."""

    name: str
    description: str = ""


@dataclass(frozen=True)
class Overlap:
    """Which ways two spans may share characters, and whether a span may have gaps."""

    equal: bool = False
    nested: bool = True
    crossing: bool = False
    discontinuous: bool = False


@dataclass(frozen=True)
class Definition:
    """A whole label schema."""

    labels: tuple[Label, ...]
    relations: tuple[RelationType, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    article_labels: tuple[ArticleLabel, ...] = ()
    overlap: Overlap = field(default_factory=Overlap)

    @cached_property
    def active_names(self) -> frozenset[str]:
        """Names of the labels that new spans may carry."""
        return frozenset(label.name for label in self.labels if not label.retired)

    @cached_property
    def attributes_by_name(self) -> Mapping[str, Attribute]:
        return {attribute.name: attribute for attribute in self.attributes}

    @cached_property
    def relations_by_name(self) -> Mapping[str, RelationType]:
        return {relation.name: relation for relation in self.relations}

    @cached_property
    def article_label_names(self) -> frozenset[str]:
        return frozenset(label.name for label in self.article_labels)

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready data; `parse_definition` reads it back to an equal definition."""
        return asdict(self)


def is_name(value: str) -> bool:
    """Whether something in a label schema can have this name."""
    return len(value) <= MAX_NAME and bool(_NAME.match(value))


def parse_definition(data: object) -> Definition:
    """Read a definition from JSON-ready data.

    Raises DefinitionError with every problem found, each a sentence that says where and what to do.
    """
    return _Parser().definition(data)


def _is_text(value: object, limit: int) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= limit and not _UNKEPT.search(value)


def _shown(value: object) -> str:
    """A value for a sentence; what is nested deeply has no repr that Python can make."""
    return f"{value!r:.80}" if isinstance(value, str | int | float | None) else f"A {type(value).__name__}"


class _Parser:
    def __init__(self) -> None:
        self.problems: list[str] = []

    def definition(self, data: object) -> Definition:
        if not isinstance(data, Mapping):
            raise DefinitionError(['A label schema is an object with "labels".'])
        labels = tuple(self.label(row, n) for n, row in self.rows(data, "labels", MAX_LABELS))
        if not labels and not self.problems:
            self.problems.append("Add at least one label.")
        known = {label.name for label in labels}
        relations = tuple(self.relation(row, known) for _, row in self.rows(data, "relations"))
        attributes = tuple(self.attribute(row, known) for _, row in self.rows(data, "attributes"))
        article_labels = tuple(
            ArticleLabel(self.name(row, "article label"), self.text(row, "description"))
            for _, row in self.rows(data, "article_labels")
        )
        self.unique("label", [label.name for label in labels])
        self.unique("hotkey", [label.hotkey for label in labels if label.hotkey and not label.retired])
        self.unique("relation type", [relation.name for relation in relations])
        self.unique("attribute", [attribute.name for attribute in attributes])
        self.unique("article label", [label.name for label in article_labels])
        overlap = self.overlap(data.get("overlap", {}))
        if self.problems:
            raise DefinitionError(self.problems)
        return Definition(labels, relations, attributes, article_labels, overlap)

    def rows(
        self, data: Mapping[str, Any], key: str, limit: int = 100
    ) -> Iterator[tuple[int, Mapping[str, Any]]]:
        rows = data.get(key, [])
        if not isinstance(rows, list | tuple):
            self.problems.append(f'"{key}" is a list.')
            return
        if len(rows) > limit:
            self.problems.append(f'"{key}" holds at most {limit} entries, not {len(rows)}.')
            return
        for number, row in enumerate(rows):
            if isinstance(row, Mapping):
                yield number, row
            else:
                self.problems.append(f'Entry {number + 1} of "{key}" is an object with a "name".')

    def name(self, row: Mapping[str, Any], noun: str) -> str:
        name = row.get("name")
        if isinstance(name, str) and is_name(name):
            return name
        self.problems.append(
            f"{_shown(name)} cannot name a {noun}: begin with a letter, then letters, digits and _ . - / + "
            f"& : without spaces, {MAX_NAME} characters at most."
        )
        return ""

    def text(self, row: Mapping[str, Any], key: str) -> str:
        value = row.get(key, "")
        if _is_text(value, MAX_TEXT):
            return value
        self.problems.append(f'"{key}" is a text of at most {MAX_TEXT} characters.')
        return ""

    def flag(self, row: Mapping[str, Any], key: str, default: bool = False) -> bool:
        value = row.get(key, default)
        if isinstance(value, bool):
            return value
        self.problems.append(f'"{key}" is true or false.')
        return default

    def label(self, row: Mapping[str, Any], number: int) -> Label:
        name = self.name(row, "label")
        colour = row.get("colour", number % PALETTE_SIZE)
        if isinstance(colour, bool) or not isinstance(colour, int) or not 0 <= colour < PALETTE_SIZE:
            self.problems.append(f"{name}: the colour is a number from 0 to {PALETTE_SIZE - 1}.")
            colour = 0
        hotkey = row.get("hotkey", "")
        if hotkey and not (_is_text(hotkey, 2) and _HOTKEY.match(hotkey)):
            self.problems.append(f"{name}: the hotkey is one or two characters, without spaces or ?.")
            hotkey = ""
        return Label(name, colour, hotkey or "", self.text(row, "description"), self.flag(row, "retired"))

    def names_of(self, row: Mapping[str, Any], key: str, known: set[str], owner: str) -> tuple[str, ...]:
        names = row.get(key, [])
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            self.problems.append(f'{owner}: "{key}" is a list of label names.')
            return ()
        self.problems += [f"{owner}: there is no label {name!r:.80}." for name in names if name not in known]
        return tuple(names)

    def relation(self, row: Mapping[str, Any], known: set[str]) -> RelationType:
        name = self.name(row, "relation type")
        sources = self.names_of(row, "sources", known, name)
        targets = self.names_of(row, "targets", known, name)
        return RelationType(name, sources, targets, self.text(row, "description"), self.flag(row, "chain"))

    def attribute(self, row: Mapping[str, Any], known: set[str]) -> Attribute:
        name = self.name(row, "attribute")
        kind = row.get("type", "text")
        if kind not in ATTRIBUTE_TYPES:
            self.problems.append(f"{name}: the type is one of {', '.join(ATTRIBUTE_TYPES)}.")
            kind = "text"
        options = row.get("options", [])
        if not isinstance(options, list | tuple) or not all(
            _is_text(option, MAX_NAME) and option for option in options
        ):
            self.problems.append(f'{name}: "options" is a list of texts of at most {MAX_NAME} characters.')
            options = []
        if len(options) > MAX_OPTIONS:
            self.problems.append(f"{name}: a choice has at most {MAX_OPTIONS} options, not {len(options)}.")
        if kind == "choice" and len(set(options)) < 2:
            self.problems.append(f"{name}: a choice needs at least two different options.")
        labels = self.names_of(row, "labels", known, name)
        required = self.flag(row, "required")
        return Attribute(name, kind, tuple(options), labels, required, self.text(row, "description"))

    def overlap(self, data: object) -> Overlap:
        if not isinstance(data, Mapping):
            self.problems.append('"overlap" is an object of equal, nested, crossing, discontinuous.')
            return Overlap()
        default = Overlap()
        return Overlap(
            *(
                self.flag(data, key, getattr(default, key))
                for key in ("equal", "nested", "crossing", "discontinuous")
            )
        )

    def unique(self, noun: str, names: list[str]) -> None:
        seen: set[str] = set()
        for name in names:
            if name and name in seen:
                self.problems.append(f"The {noun} {name!r} is there twice.")
            seen.add(name)
