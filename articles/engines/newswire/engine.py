from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate, chain
from time import monotonic
from typing import Any, ClassVar

from articles.domain.newswire.header import Newswire, read_header
from articles.domain.spans import Link, Suggestion
from articles.engines.base import ArticleText, Engine, EngineError
from articles.engines.labels import NAMES, first_known
from articles.engines.newswire.agencies import AGENCY_PATTERNS, LAND_PATTERNS
from articles.engines.newswire.bodies import BODY_PATTERNS
from articles.engines.newswire.bylines import bylined
from articles.engines.newswire.capitals import Run, runs_of
from articles.engines.newswire.institutions import abbreviations_in, institutions_in, quoted_firms
from articles.engines.newswire.later import later_mentions
from articles.engines.newswire.links import Linker
from articles.engines.newswire.numbers import NUMBER_PATTERNS
from articles.engines.newswire.patterns import MAYBE, SURE, Found
from articles.engines.newswire.people import people_in
from articles.engines.newswire.peoples import peoples_in, peoples_named
from articles.engines.newswire.places import places
from articles.engines.newswire.quoted_names import quoted_names
from articles.engines.newswire.quotes import QUOTE_PATTERNS
from articles.engines.newswire.settling import settle

# For all patterns over one article: real news of a million characters takes a fifth of it.
TIMEOUT_SECONDS = 30.0
_PATTERNS = (*AGENCY_PATTERNS, *BODY_PATTERNS, *LAND_PATTERNS, *NUMBER_PATTERNS, *QUOTE_PATTERNS)
# How far a cue may be from its quotation, in code points.
_NEAR = 120
_PLACES = frozenset({"CITY", "COUNTRY", "GPE", "LOC"})


class NewswireEngine(Engine):
    name: ClassVar[str] = "newswire"
    title: ClassVar[str] = "Newswire"
    description: ClassVar[str] = (
        "Datelines, agencies, bylines, offices with names, institutions, places, dates, sums, quotations and "
        "who said them; later mentions of what was found."
    )
    version: str = "4"

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        super().__init__(settings, labels)
        self._label_of = {kind: label for kind in NAMES if (label := first_known(kind, labels))}

    @cached_property
    def _linker(self) -> Linker:
        return Linker(self.relations, self._label_of)

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            try:
                yield self._suggestions(article.text)
            except TimeoutError as error:
                reason = f"the patterns took more than {TIMEOUT_SECONDS:.0f} s over its text."
                raise EngineError(f"Article {article.id}: {reason}") from error

    def _suggestions(self, text: str) -> list[Suggestion]:
        found = [one for one in read(text) if one.kind in self._label_of]
        links: dict[Found, list[Link]] = {}
        for one in self._linker.links(text, found):
            target = one.target
            link = Link(one.type, target.start, target.end, self._label_of[target.kind])
            links.setdefault(one.source, []).append(link)
        return [
            Suggestion(
                one.start, one.end, self._label_of[one.kind], one.confidence, links=tuple(links.get(one, ()))
            )
            for one in found
        ]


def read(text: str) -> list[Found]:
    """All hits of a text, settled, in reading order. Raises TimeoutError."""
    deadline = monotonic() + TIMEOUT_SECONDS
    header = read_header(text)
    runs = list(runs_of(text, _left(deadline)))
    found = list(_from_header(text, header))
    for pattern in _PATTERNS:
        found += pattern.find(text, _left(deadline))
    found += chain.from_iterable(map(people_in, runs))
    found += institutions_in(runs)
    found += quoted_firms(text)
    found += quoted_names(text)
    found += chain.from_iterable(map(peoples_in, runs))
    found += peoples_named(text)
    found += places().find(text)
    for long, short in abbreviations_in(text, _left(deadline)):
        found += (long, short)
    kept = settle(_without_namesakes(text, found, runs))
    return _without_idle_cues(_without_parts(settle([*kept, *later_mentions(text, kept)])))


def _left(deadline: float) -> float:
    return max(deadline - monotonic(), 0.001)


def _without_namesakes(text: str, found: list[Found], runs: list[Run]) -> Iterator[Found]:
    """Without the places that are only MAYBE ones and end a longer name of the article: Denzel Washington."""
    names = {text[one.start : one.end].rpartition(" ")[2] for one in found if one.kind == "PERSON"}
    names.update(run.words[-1] for run in runs if len(run.words) > 1)
    return (one for one in found if one.confidence != MAYBE or text[one.start : one.end] not in names)


def _without_parts(found: list[Found]) -> list[Found]:
    """Without places that stand among other capitals, unless what they stand in was found."""
    kept, reached = list[Found](), 0
    for one in found:
        is_within = one.end <= reached
        if one.kind not in _PLACES or one.confidence >= MAYBE or is_within:
            kept.append(one)
        if one.kind in ("ORG", "FAC", "LAW", "EVENT", "LOC"):
            reached = max(reached, one.end)
    return kept


def _without_idle_cues(found: list[Found]) -> list[Found]:
    """Without cues that no quotation is near: a name in quotation marks is none."""
    quotes = sorted((one.start, one.end) for one in found if one.kind == "QUOTE")
    reached = list(accumulate((end for _, end in quotes), max))

    def is_idle(cue: Found) -> bool:
        before = bisect_left(quotes, (cue.start + _NEAR,))
        return not before or reached[before - 1] <= cue.start - _NEAR

    return [one for one in found if one.kind != "CUE" or not is_idle(one)]


def _from_header(text: str, header: Newswire) -> Iterator[Found]:
    for place, kind in (
        (header.place_at, "CITY"),
        (header.country_at, "COUNTRY"),
        (header.agency_at, "AGENCY"),
        (header.date_at, "DATE"),
    ):
        if place:
            yield Found(*place, kind, SURE)
    if header.byline and (start := text.find(header.byline)) >= 0:
        yield from bylined(header.byline, start)
