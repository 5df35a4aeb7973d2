"""Engines that ask somebody else: a service on the network, often for money."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections import Counter
from collections.abc import Awaitable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, ClassVar, TypeVar

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Engine, EngineError, EngineUnavailable, Lesson
from articles.engines.web.addresses import PUBLIC_ONLY, Allowance
from articles.engines.web.exchange import Exchange, Limits, Unanswered

T = TypeVar("T")
# What any service can read. Where even this fails, the article is not to blame.
SAMPLE = ArticleText(0, "Mara Ellingsen of Northline Press spoke in Bergen, Norway, on Monday.", "en")


@dataclass(frozen=True, slots=True)
class LabelGuide:
    """A label of the project's schema, and what it is for."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What such an engine is given besides its settings: where it may connect to, and what it may tell.

    `examples` is gold to choose examples from, `seconds` how long whoever reads a batch can wait.
    """

    allowance: Allowance = PUBLIC_ONLY
    labels: tuple[LabelGuide, ...] = ()
    guidelines: str = ""
    examples: tuple[Lesson, ...] = ()
    seconds: float | None = None


class ConnectedEngine(Engine):
    """Reads articles by asking a service. Made anew for each run, because it counts: `counted` has the
    requests, the tokens that were paid for, and the suggestions that could not be used; `counted_before` what
    the run had counted, in whichever worker. With `wants_examples` it is given gold."""

    wants_examples: ClassVar[bool] = False
    reads_again: ClassVar[bool] = False
    batch_size: ClassVar[int] = 8

    def __init__(
        self, settings: Mapping[str, Any], labels: frozenset[str], surroundings: Surroundings | None = None
    ) -> None:
        super().__init__(settings, labels)
        self.surroundings = surroundings or Surroundings()
        self.counted: Counter[str] = Counter()
        self.counted_before: Counter[str] = Counter()

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        waiting = iter(articles)
        while batch := list(islice(waiting, self.batch_size)):
            yield from asyncio.run(self._read_in_time(batch))

    @abstractmethod
    def exchange(self, limits: Limits) -> Exchange:
        """The way to the service."""

    @property
    def limits(self) -> Limits:
        return Limits()

    @abstractmethod
    async def read(self, exchange: Exchange, articles: Sequence[ArticleText]) -> list[list[Suggestion]]:
        """One list of suggestions an article, in the same order. Raises EngineError."""

    async def _read_in_time(self, batch: Sequence[ArticleText]) -> list[list[Suggestion]]:
        try:
            async with asyncio.timeout(self.surroundings.seconds):
                return await self._read(batch)
        except TimeoutError:
            seconds = f"{self.surroundings.seconds:.0f} seconds"
            raise EngineUnavailable(
                f"There was no answer within {seconds}, and this page waits no longer."
            ) from None

    async def _read(self, batch: Sequence[ArticleText]) -> list[list[Suggestion]]:
        try:
            async with self.exchange(self.limits) as exchange:
                return await self.read(exchange, batch)
        except Unanswered:
            await self._find_fault()
            raise

    async def _find_fault(self) -> None:
        """Raises EngineUnavailable when the service cannot even read a short sentence; else the articles are
        what it cannot read."""
        try:
            async with self.exchange(replace(self.limits, tries=1)) as exchange:
                await self.read(exchange, [SAMPLE])
        except EngineUnavailable:
            raise
        except EngineError as error:
            raise EngineUnavailable(str(error)) from error


async def in_order(questions: Iterable[Awaitable[T]], *, at_once: int) -> list[T]:
    """The answers in the order of the questions, of which a few wait at a time. All are heard before the
    first failure is raised: what was paid for is not thrown away."""
    gate = asyncio.Semaphore(at_once)

    async def gated(question: Awaitable[T]) -> T:
        async with gate:
            return await question

    answers = await asyncio.gather(*map(gated, questions), return_exceptions=True)
    failures = [one for one in answers if isinstance(one, BaseException)]
    if failures:
        raise next((one for one in failures if isinstance(one, EngineUnavailable)), failures[0])
    return [one for one in answers if not isinstance(one, BaseException)]
