"""What the server tells, as values. Times are ISO 8601; positions are code points, as in Python's texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

# One article with its annotations, as a line of JSON Lines has it: id, external_id, text, metadata, labels,
# spans [{id, start, end, label, text, attributes}], relations [{id, type, source, target, attributes}].
Record = dict[str, Any]

V = TypeVar("V")


@dataclass(frozen=True)
class Project:
    slug: str
    name: str
    description: str
    guidelines: str
    annotators_per_article: int
    preannotate: bool
    confidence_shown: str
    archived: bool
    created_at: str


@dataclass(frozen=True)
class Article:
    id: int
    external_id: str
    title: str
    published_on: str | None
    source: str
    agency: str
    dateline: str
    byline: str
    language: str
    url: str
    length: int
    status: str
    created_at: str


@dataclass(frozen=True)
class FullArticle(Article):
    project: str
    text: str
    sha256: str
    metadata: dict[str, Any]


@dataclass(frozen=True)
class Job:
    """`report` says what came of it, `error` why it failed."""

    id: int
    project: str
    kind: str
    state: str
    done: int
    total: int
    report: dict[str, Any]
    error: str
    created_by: str | None
    created_at: str
    started_at: str | None
    finished_at: str | None

    @property
    def is_finished(self) -> bool:
        return self.state in ("succeeded", "failed", "cancelled")

    @property
    def has_succeeded(self) -> bool:
        return self.state == "succeeded"


@dataclass(frozen=True)
class Release:
    """A numbered, frozen export. `counts`, `changes` since the one before, `size` (bytes) and `sha256` are
    None until it is made; `notes`, `query`, `manifest` and `card` are empty in lists."""

    id: int
    project: str
    number: int
    title: str
    created_by: str
    created_at: str
    published_at: str | None
    counts: dict[str, Any] | None
    changes: dict[str, Any] | None
    size: int | None
    sha256: str | None
    job: Job
    notes: str = ""
    query: dict[str, Any] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)
    card: str = ""


def value_of(kind: type[V], data: Mapping[str, Any]) -> V:
    """The value that an answer holds. What a newer server tells besides is passed over."""
    names = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in data.items() if name in names})


def release_of(data: Mapping[str, Any]) -> Release:
    return value_of(Release, {**data, "job": value_of(Job, data["job"])})
