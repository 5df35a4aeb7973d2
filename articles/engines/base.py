"""The contract of an engine: something that reads articles and suggests spans.

Third parties register engines as entry points of the group `annotator.engines`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, ClassVar, Literal

from annotator.schemas.definition import RelationType
from articles.domain.assignments.ordering import promises
from articles.domain.spans import Span, Suggestion


class EngineError(Exception):
    """An engine that cannot work; the text tells a manager what to do."""


class EngineUnavailable(EngineError):
    """What the engine stands on does not answer, or may not be asked any more: no article is to blame.

    A run stops at it, keeps what it has, and leaves the other articles pending with this reason. `may_pass`
    says whether it may be over by itself after a while, or waits for a person: a key, an address, a budget.
    """

    def __init__(self, reason: str, *, may_pass: bool = True) -> None:
        super().__init__(reason)
        self.may_pass = may_pass


class SettingsError(EngineError):
    """Settings that cannot be used. `problems` maps a setting's name to a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What an engine sees of an article. `language` is a BCP 47 tag or empty.

    `suggestions` is what the project's engines of earlier stages say of it, by their names.
    """

    id: int
    text: str
    language: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    suggestions: Mapping[str, Sequence[Suggestion]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article with its gold, for an engine to learn from. `spans` are in reading order."""

    article: ArticleText
    spans: tuple[Span, ...]


class Stage(IntEnum):
    """When an engine reads: those of a later stage see what the earlier ones suggest.

    One that merges is loaded with two settings more: `calibrations`, what gold shows of the others by their
    names, and `overlap`, which spans the schema lets stand together (articles.engines.ensemble).
    """

    READS = 0
    LEARNS = 1
    MERGES = 2


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A key, as an engine finds it in its settings. It shows itself nowhere by accident; `reveal` it only
    where it is sent."""

    _value: str

    def reveal(self) -> str:
        return self._value

    def hidden_in(self, text: str) -> str:
        """The text without the key, should it repeat it."""
        return text.replace(self._value, "…") if self._value else text

    def __repr__(self) -> str:
        return "Secret(…)"


@dataclass(frozen=True)
class Setting:
    """One field of an engine's settings form. `type` decides the widget; `lines` holds one entry a line,
    `labels` what becomes of the engine's own labels (`Engine.own_labels`), empty for those left out.
    A `secret` is kept encrypted, never shown again, and forgotten when the setting named by `meant_for`
    changes, so that nobody can have it sent elsewhere."""

    name: str
    type: Literal["text", "lines", "number", "boolean", "mapping", "labels", "secret"]
    label: str
    help: str = ""
    default: Any = ""
    meant_for: str = ""
    required: bool = False


class Engine:
    """Base class of all engines. An instance may be kept in memory and used for many articles.

    `relations` are the relation types of the project's schema, set before `annotate` is called: an engine
    offers a relation by a `Link` of such a type on a suggestion.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    version: str = "1"
    batch_size: ClassVar[int] = 64
    settings_form: ClassVar[tuple[Setting, ...]] = ()
    stage: ClassVar[Stage] = Stage.READS
    # Whether it may be asked again, to be measured, about what it has read: not where that costs money.
    reads_again: ClassVar[bool] = True
    # Whether it is but a name for suggestions that come from elsewhere: it takes part in no run.
    only_holds: ClassVar[bool] = False
    relations: tuple[RelationType, ...] = ()

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

    @classmethod
    def own_labels(cls, settings: Mapping[str, Any], labels: frozenset[str]) -> Mapping[str, str]:
        """What the engine calls what it finds, and the project's label that each becomes by itself: empty
        where the schema has none. A page asks, so nothing large is loaded for it. Raises EngineError."""
        return {}

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        """One list of suggestions an article, in the same order, streamed in batches.

        Offsets are code points of `ArticleText.text`. Raises EngineError.
        """
        raise EngineError(f"The engine {self.name} does not say how to annotate.")


class LearningEngine(Engine):
    """An engine that learns from the gold of its project. What it has learned is bytes, kept as a version."""

    stage: ClassVar[Stage] = Stage.LEARNS

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str], model: bytes) -> None:
        """Raises EngineError when `model` is not one of this engine's."""
        super().__init__(settings, labels)

    def promises(self, articles: Sequence[ArticleText]) -> Iterator[Mapping[str, float]]:
        """Of each article its words, in lower case, with what each promises to teach the engine: see
        articles.domain.assignments.ordering. Raises EngineError."""
        for article, suggestions in zip(articles, self.annotate(articles), strict=True):
            yield promises(article.text, suggestions)

    @classmethod
    def train(
        cls,
        settings: Mapping[str, Any],
        labels: frozenset[str],
        lessons: Iterable[Lesson],
        count: Callable[[int], object] = lambda more: None,
        *,
        texts: Iterable[str] = (),
    ) -> bytes:
        """A model of what the lessons show. The same lessons and texts give the same bytes.

        `count` is told of progress as lessons that were worked through, and may raise to stop the work.
        `texts` are articles of the project without gold, to learn from how its words are used.
        Raises EngineError when there is nothing to learn from.
        """
        raise EngineError(f"The engine {cls.name} does not say how to learn.")
