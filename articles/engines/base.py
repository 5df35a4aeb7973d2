"""The contract of an engine: something that reads articles and suggests spans.

Third parties register engines as entry points of the group `annotator.engines`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from articles.domain.spans import Suggestion


class EngineError(Exception):
    """An engine that cannot work; the text tells a manager what to do."""


class SettingsError(EngineError):
    """Settings that cannot be used. `problems` maps a setting's name to a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What an engine sees of an article. `language` is a BCP 47 tag or empty."""

    id: int
    text: str
    language: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """One field of an engine's settings form. `type` decides the widget; `lines` holds one entry a line."""

    name: str
    type: Literal["text", "lines", "number", "boolean", "mapping"]
    label: str
    help: str = ""
    default: Any = ""


class Engine:
    """Base class of all engines. An instance may be kept in memory and used for many articles."""

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    version: str = "1"
    batch_size: ClassVar[int] = 64
    settings_form: ClassVar[tuple[Setting, ...]] = ()

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        """`labels` are the label names of the project's schema: nothing else may be suggested.

        Raises SettingsError when `settings` cannot be used, EngineError when the engine cannot work here.
        """
        self.settings = settings
        self.labels = labels

    @classmethod
    def unavailable_because(cls) -> str | None:
        """Why this engine cannot work on this machine (a package is missing, say), or None."""
        return None

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        """One list of suggestions an article, in the same order, streamed in batches.

        Offsets are code points of `ArticleText.text`. Raises EngineError.
        """
        raise EngineError(f"The engine {self.name} does not say how to annotate.")
