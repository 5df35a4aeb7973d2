"""brat's `annotation.conf` as a label schema, and a label schema as an `annotation.conf`.

Types of entities and of events are labels; a type that begins with `!` only groups others. Roles of events
are relation types beside those of `[relations]`. `Equiv`, and what is symmetric and transitive, is a chain.
Attributes without values are true or false. An end that names `<ENTITY>`, `<ANY>` or a type that no line
defines may have any label. Gaps are allowed, as they always are in brat.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotator.schemas.definition import (
    MAX_LABELS,
    Attribute,
    Definition,
    DefinitionError,
    Overlap,
    RelationType,
    parse_definition,
)
from articles.formats.brat.annotations import EQUIVALENCE
from articles.formats.common.standoff import COREFERENCE

MAX_CHARACTERS = 200_000
MAX_LINE = 20_000
MAX_MACROS = 100
_SECTION = re.compile(r"\[(\w+)\]")
_MACRO = re.compile(r"(<[\w-]+>)=\s*(.*)")
_NESTING = "ENTITY-NESTING"  # how brat before 1.3 said that spans may contain others
_OVERLAPS = {"<OVERLAP>", _NESTING}
_TRANSITIVE = "symmetric-transitive"
# What an overlap is called in brat, and in a label schema.
_OVERLAP_KINDS = {"contain": "nested", "equal": "equal", "cross": "crossing"}

Arguments = Mapping[str, list[str]]


def definition_from_conf(text: str) -> Definition:
    """The label schema that an `annotation.conf` describes. Raises DefinitionError with every problem."""
    if len(text) > MAX_CHARACTERS:
        raise DefinitionError([f"An annotation.conf has at most {MAX_CHARACTERS:,} characters."])
    sections = _sections(text)
    entities = [name for name, _ in sections["entities"] if not name.startswith("!")]
    events = [(name, arguments) for name, arguments in sections["events"] if not name.startswith("!")]
    labels = dict.fromkeys(entities + [name for name, _ in events])
    if len(labels) > MAX_LABELS:
        raise DefinitionError([f"A label schema has at most {MAX_LABELS} labels, not {len(labels)}."])
    links = _Relations(labels, [name for name, _ in events])
    for name, arguments in sections["relations"]:
        if name not in _OVERLAPS:
            links.add_relation(name, arguments)
    for name, arguments in events:
        links.add_roles(name, arguments)
    return parse_definition(
        {
            "labels": [{"name": name} for name in labels],
            "relations": list(links.rows.values()),
            "attributes": [_attribute(name, arguments, labels) for name, arguments in sections["attributes"]],
            "overlap": _overlap([row for row in sections["relations"] if row[0] in _OVERLAPS]),
        }
    )


def conf_from_definition(definition: Definition) -> str:
    """The `annotation.conf` of a label schema."""
    lines = ["[entities]", *(label.name for label in definition.labels), "", "[relations]"]
    lines += [_relation_line(relation) for relation in definition.relations]
    kinds = [brat for brat, ours in _OVERLAP_KINDS.items() if getattr(definition.overlap, ours)]
    lines.append(f"<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:{'|'.join(kinds) or '<NONE>'}")
    lines += ["", "[events]", "", "[attributes]"]
    lines += filter(None, map(_attribute_line, definition.attributes))
    return "\n".join(lines) + "\n"


def _relation_line(relation: RelationType) -> str:
    name = EQUIVALENCE if relation.name == COREFERENCE and relation.chain else relation.name
    chain = f", <REL-TYPE>:{_TRANSITIVE}" if relation.chain else ""
    return f"{name}\tArg1:{_any_of(relation.sources)}, Arg2:{_any_of(relation.targets)}{chain}"


def _attribute_line(attribute: Attribute) -> str:
    """Empty for what brat cannot declare: free text, and options with signs that mean something to it."""
    line = f"{attribute.name}\tArg:{_any_of(attribute.labels)}"
    if attribute.type == "boolean":
        return line
    writable = [option for option in attribute.options if not set(option) & set("|,<>\n\r\t")]
    return f"{line}, Value:{'|'.join(writable)}" if writable else ""


def _any_of(labels: Iterable[str]) -> str:
    return "|".join(labels) or "<ENTITY>"


def _sections(text: str) -> dict[str, list[tuple[str, Arguments]]]:
    """Each section's lines: the name, and the values of its arguments."""
    sections = defaultdict[str, list[tuple[str, Arguments]]](list)
    current = ""
    for line in _expanded(text):
        if section := _SECTION.fullmatch(line):
            current = section[1]
        else:
            terms, _, rest = line.replace("\t", " ").partition(" ")
            sections[current].append((terms.partition("|")[0], _arguments(rest)))
    return sections


def _expanded(text: str) -> Iterator[str]:
    """Lines with something to say, what `<NAME>=...` stands for put in."""
    macros: dict[str, str] = {}
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        for name, value in macros.items():
            line = line.replace(name, value)
            if len(line) > MAX_LINE:
                raise DefinitionError([f"Line {number} is too long when everything is put in."])
        if macro := _MACRO.fullmatch(line):
            macros[macro[1]] = macro[2]
            if len(macros) > MAX_MACROS:
                raise DefinitionError([f"An annotation.conf has at most {MAX_MACROS} macros."])
        elif line and not line.startswith("#") and line.strip("-"):
            yield line


def _arguments(rest: str) -> Arguments:
    pairs = (part.strip().partition(":") for part in rest.split(","))
    return {key.strip(): [one.strip() for one in value.split("|")] for key, _, value in pairs if key.strip()}


class _Relations:
    """Relation types on their way into a schema: several lines of one name are one type."""

    def __init__(self, labels: Iterable[str], events: list[str]) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self._labels = set(labels)
        self._events = events

    def add_relation(self, name: str, arguments: Arguments) -> None:
        kinds = [kind for one in arguments.get("<REL-TYPE>", []) for kind in one.split("-")]
        chain = name == EQUIVALENCE or {"symmetric", "transitive"} <= set(kinds)
        ends = [values for key, values in arguments.items() if not key.startswith("<")]
        sources, targets = (self._ends(values) for values in [*ends, [], []][:2])
        self._add(COREFERENCE if name == EQUIVALENCE else name, sources, targets, chain=chain)

    def add_roles(self, event: str, arguments: Arguments) -> None:
        for role, values in arguments.items():
            if not role.startswith("<"):
                # Theme?, Theme+, Theme* and Theme{2} say how many there may be.
                self._add(re.split(r"[?*+{]", role)[0], [event], self._ends(values))

    def _add(self, name: str, sources: list[str], targets: list[str], *, chain: bool = False) -> None:
        row = self.rows.setdefault(name, {"name": name, "sources": sources, "targets": targets})
        row["chain"] = row.get("chain", False) or chain
        for key, more in (("sources", sources), ("targets", targets)):
            row[key] = list(dict.fromkeys(row[key] + more)) if row[key] and more else []

    def _ends(self, values: list[str]) -> list[str]:
        """Labels; none, which stands for any, when one of the values is no label."""
        names = [name for value in values for name in (self._events if value == "<EVENT>" else [value])]
        return names if set(names) <= self._labels else []


def _attribute(name: str, arguments: Arguments, labels: Mapping[str, None]) -> dict[str, Any]:
    """Values stand in `Value:`, or in older files each as an argument of its own with the sign to show."""
    options = arguments.get("Value") or [key for key in arguments if key != "Arg" and key[0] != "<"]
    owners = arguments.get("Arg", [])
    kind = "boolean" if not options else "choice" if len(set(options)) > 1 else "text"
    return {
        "name": name.removeprefix("!"),
        "type": kind,
        "options": options if kind == "choice" else [],
        "labels": owners if set(owners) <= set(labels) else [],
    }


def _overlap(rows: list[tuple[str, Arguments]]) -> dict[str, bool]:
    """What the rows allow; without any, what a schema allows by itself."""
    found = {ours: not rows and getattr(Overlap(), ours) for ours in _OVERLAP_KINDS.values()}
    for name, arguments in rows:
        named = ["contain"] if name == _NESTING else arguments.get("<OVL-TYPE>", ["<ANY>"])
        found |= {ours: True for brat, ours in _OVERLAP_KINDS.items() if brat in named or "<ANY>" in named}
    return {**found, "discontinuous": True}
