"""Engines on the bench: they read gold articles, and what they find is compared with gold. Nothing is
written.

An engine that has learned from gold is measured only on gold that it has not seen. So is one that merges the
others, because one of these may have learned. It is measured last, and is told what has just been measured of
the others, because that is how it will merge from then on. Engines that must not be asked again (they cost
money, or hold what was imported) are measured by their stored layers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotator.schemas.queries import published_version
from articles.domain.evaluations.evaluated import Evaluated
from articles.domain.measures.confusion import Kind, Pair
from articles.domain.spans import Span, Suggestion, problem_with_offsets
from articles.engines.base import EngineError, Stage
from articles.engines.registry import engine_class
from articles.models import Article, Job, ProjectEngine
from articles.queries.engines.calibrations import calibration_of
from articles.queries.evaluations.scope import Scope, stored_readings
from articles.queries.gold.approved import gold_spans
from articles.services.runs.readings import Ready, make_ready, read_articles

MOST_MISTAKES = 20_000


@dataclass
class Candidate:
    """An engine that is measured; without `ready`, by its stored layers. `scopes` are the articles that count
    for it, `mistakes` rows of the table without their first column."""

    row: ProjectEngine
    ready: Ready | None
    scopes: frozenset[Scope]
    evaluated: Evaluated = field(default_factory=Evaluated)
    mistakes: list[tuple[object, ...]] = field(default_factory=list)

    @property
    def merges(self) -> bool:
        return engine_class(self.row.kind).stage is Stage.MERGES

    @cached_property
    def figures(self) -> dict[str, Any]:
        """To be read once all is counted: drawing the intervals takes a while."""
        return self.evaluated.figures()

    @property
    def version(self) -> str:
        if self.ready:
            return self.ready.version
        newest = self.row.layers.order_by("-pk").values_list("engine_version", flat=True).first()
        return newest or ""

    def count(self, article: int, gold: Sequence[Span], found: Sequence[Suggestion]) -> None:
        for pair in self.evaluated.add(article, gold, found):
            if pair.kind is not Kind.RIGHT and len(self.mistakes) < MOST_MISTAKES:
                self.mistakes.append((article, *_columns(pair)))


@dataclass
class Bench:
    """The candidates of one job. `left_out` says by an engine's name why it cannot be measured, `failed` by
    an article's id why it could not be read, `seen` what articles there were."""

    candidates: list[Candidate]
    left_out: dict[str, str]
    labels: frozenset[str]
    schema_version: int
    failed: dict[int, str] = field(default_factory=dict)
    seen: set[Scope] = field(default_factory=set)

    @classmethod
    def of(cls, job: Job) -> Bench:
        """The job's engines, ready. One that cannot work here is left out, with the reason."""
        version = published_version(job.project_id)
        labels = version.definition.active_names
        rows = ProjectEngine.objects.filter(project_id=job.project_id, name__in=job.params["engines"])
        bench = cls([], {}, labels, version.number)
        for row in rows.order_by("pk"):
            try:
                bench.candidates.append(_candidate(row, labels))
            except EngineError as error:
                bench.left_out[row.name] = str(error)
        if not bench.candidates:
            raise EngineError(" ".join(bench.left_out.values()) or "The engines to measure are gone.")
        return bench

    @property
    def merging(self) -> list[Candidate]:
        return [one for one in self.candidates if one.merges]

    def tell_those_that_merge(self) -> None:
        """Load the engines that merge again, with what has been measured of the others."""
        shown = {
            one.row.name: calibration_of(one.figures, len(one.evaluated.articles))
            for one in self.candidates
            if not one.merges
        }
        for one in self.merging:
            one.ready = make_ready(one.row, self.labels, shown=shown)

    def measure(self, articles: Sequence[Article], scope: Scope, *, merging: bool) -> None:
        """Have a batch read and compared by the engines that are measured in this scope: by those that merge
        (`merging`), or by all others."""
        self.seen.add(scope)
        candidates = [one for one in self.candidates if scope in one.scopes and one.merges is merging]
        heard = self.candidates if merging else candidates
        gold = gold_spans(articles, self.labels)
        stored = stored_readings([one.row for one in candidates if one.ready is None], articles)
        read = self._read([one.ready for one in heard if one.ready], articles)
        for one in candidates:
            for article in articles:
                found = (read if one.ready else stored).get((one.row.pk, article.pk))
                if found is not None:
                    one.count(article.pk, gold[article.pk], self._known(article, found))

    def measured_on(self, one: Candidate) -> str:
        """`stored` layers, the gold that is `held_out`, or all `gold`."""
        if one.ready is None:
            return "stored"
        return "gold" if self.seen <= one.scopes else "held_out"

    def require_something_read(self) -> None:
        """Raises EngineError when every article failed."""
        if self.failed and not any(one.evaluated.articles for one in self.candidates):
            raise EngineError(next(iter(self.failed.values())))

    def _read(
        self, ready: Sequence[Ready], articles: Sequence[Article]
    ) -> dict[tuple[int, int], list[Suggestion]]:
        """By engine and article. If a batch fails it is read one by one; an article that fails is left out
        for all engines, so that they are still measured on the same."""
        if not ready:
            return {}
        try:
            return _by_engine_and_article(ready, articles)
        except EngineError as error:
            if len(articles) > 1:
                return {key: found for one in articles for key, found in self._read(ready, [one]).items()}
            self.failed[articles[0].pk] = str(error)[:500]
            return {}

    def _known(self, article: Article, found: Sequence[Suggestion]) -> list[Suggestion]:
        """The suggestions that would be stored: those inside the text, with a label of the schema."""
        return [
            one
            for one in found
            if one.label in self.labels and not problem_with_offsets(one.start, one.end, article.length)
        ]


def _candidate(row: ProjectEngine, labels: frozenset[str]) -> Candidate:
    kind = engine_class(row.kind)
    ready = make_ready(row, labels) if kind.reads_again else None
    has_seen_gold = kind.stage is not Stage.READS
    return Candidate(row, ready, frozenset({Scope.HELD_OUT} if has_seen_gold else Scope))


def _by_engine_and_article(
    ready: Sequence[Ready], articles: Sequence[Article]
) -> dict[tuple[int, int], list[Suggestion]]:
    return {
        (one.row.pk, article.pk): found
        for one, readings in read_articles(ready, articles)
        for article, found in zip(articles, readings, strict=True)
    }


def _columns(pair: Pair) -> Iterator[object]:
    """kind, start, end, label, gold_start, gold_end, gold_label, confidence"""
    yield pair.kind.value
    for one in (pair.found, pair.gold):
        yield from (one.start, one.end, one.label) if one else (None, None, "")
    yield pair.found.confidence if pair.found else None
