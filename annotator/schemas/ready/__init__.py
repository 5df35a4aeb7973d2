"""Label schemas that a project can begin with. Names and labels are those of the published schemes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import orjson

from annotator.schemas.definition import Definition, parse_definition

DEFAULT = "newsroom"
_ORDER = (
    DEFAULT,
    "ontonotes",
    "conll-2003",
    "universal-ner",
    "tac-kbp",
    "ace-2005",
    "nerel",
    "multinerd",
    "kaznerd",
)


@dataclass(frozen=True)
class Template:
    """A ready label schema. `name` is what the API calls it."""

    name: str
    title: str
    description: str
    definition: Definition


@cache
def ready_templates() -> dict[str, Template]:
    """All templates by name, the default first."""
    return {name: _read(name) for name in _ORDER}


def _read(name: str) -> Template:
    data = orjson.loads(files(__package__).joinpath(f"{name}.json").read_bytes())
    return Template(name, data["title"], data["description"], parse_definition(data["definition"]))
