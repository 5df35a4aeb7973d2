"""A common analysis structure as values, whichever file it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

INITIAL_VIEW = "_InitialView"


@dataclass(frozen=True, slots=True)
class FeatureStructure:
    """`values` are texts (numbers too) and truth values; `references` the ids of other feature structures."""

    id: str
    type: str
    values: Mapping[str, str | bool]
    references: Mapping[str, Sequence[str]]
    line: int | None = None

    @property
    def short_name(self) -> str:
        return self.type.rpartition(".")[2]

    @property
    def is_annotation(self) -> bool:
        return "begin" in self.values and "end" in self.values


@dataclass(frozen=True, slots=True)
class View:
    """A text (None for a view of something else) and the ids of what is indexed in it."""

    name: str
    text: str | None
    members: Sequence[str]


@dataclass(frozen=True, slots=True)
class Cas:
    structures: Mapping[str, FeatureStructure]
    views: Sequence[View]
