"""Engines that read by a list of the project's own, one entry a line: what their page needs of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Engine, SettingsError

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one line of a list, counted from 1. With one that is not `fatal` it can be used."""

    line: int
    reason: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"Line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A suggestion and the lines of the list that it comes from."""

    suggestion: Suggestion
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The hits in each article, in their order, and what was noticed of single lines while reading."""

    hits: list[list[Hit]]
    remarks: list[Remark] = field(default_factory=list)


class ListEngine(Engine):
    """An engine whose setting `list_setting` is a text with one entry a line."""

    list_setting: ClassVar[str]
    entry: ClassVar[tuple[str, str]] = ("entry", "entries")  # what one of them is called, and several
    holds_names: ClassVar[bool] = False  # as gold and tables have them, not patterns

    @classmethod
    @abstractmethod
    def check(cls, settings: Mapping[str, Any], labels: frozenset[str]) -> list[Remark]:
        """Everything that is wrong, or odd, with lines of the list, in the order of lines."""

    @classmethod
    def label_at(cls, line: str) -> tuple[int, int] | None:
        """Where the label stands in a line that is an entry, as `[start, end)`; None for one without."""
        return None

    @classmethod
    def lenient(cls, settings: Mapping[str, Any], labels: frozenset[str]) -> tuple[Self, list[Remark]]:
        """An engine of those lines that can be used, with what is said of lines. Raises SettingsError."""
        remarks = cls.check(settings, labels)
        bad = {one.line for one in remarks if one.fatal}
        lines = list_lines(settings.get(cls.list_setting) or "")
        good = "\n".join("" if number in bad else line for number, line in enumerate(lines, 1))
        return cls({**settings, cls.list_setting: good}, labels), remarks

    @abstractmethod
    def read(self, articles: Sequence[ArticleText], seconds: float | None = None) -> Reading:
        """The hits with their lines. `seconds` bounds the computing, for a page that waits."""

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            (hits,) = self.read([article]).hits
            yield [hit.suggestion for hit in hits]

    @classmethod
    def refuse(cls, remarks: Sequence[Remark]) -> None:
        """Raises SettingsError, with the first fatal remarks, when there are any."""
        fatal = [one for one in remarks if one.fatal]
        if fatal:
            shown = " ".join(str(one) for one in fatal[:_SHOWN])
            more = f" And {len(fatal) - _SHOWN} more." if len(fatal) > _SHOWN else ""
            raise SettingsError({cls.list_setting: shown + more})


def list_lines(text: str) -> list[str]:
    """The lines of a list. Line ends are those of every system; a leading byte order mark is none of it."""
    return text.removeprefix("\ufeff").splitlines()


def is_entry(line: str) -> bool:
    """Whether the line says something, and is no note."""
    return bool(line.strip()) and not line.lstrip().startswith("#")
