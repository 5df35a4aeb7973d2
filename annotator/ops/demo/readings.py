"""How two invented annotators read the articles with gold: as people do, mostly alike and each with habits.

They make the pages that compare people worth opening in the demo. By lot, but the same each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from articles.domain.spans import Span
from articles.formats.base import ParsedArticle, Reading

# By label: what a person takes it for now and then, or None where they overlook it, and in how many of a
# hundred cases.
Habits = Mapping[str, tuple[str | None, int]]
HABITS: Mapping[str, Habits] = {
    "annotator": {"CUE": (None, 20), "ORDINAL": (None, 25), "FAC": ("LOC", 15), "TIME": ("DATE", 10)},
    "colleague": {
        "GPE": (None, 12),
        "FAC": ("ORG", 30),
        "LOC": ("GPE", 25),
        "TITLE": (None, 15),
        "NORP": ("GPE", 20),
        "PRODUCT": ("ORG", 30),
    },
}


def read_by_people(article: ParsedArticle) -> tuple[Reading, ...]:
    """A reading by each of the two, made from the article's gold."""
    return tuple(_reading(article, name, habits) for name, habits in HABITS.items())


def _reading(article: ParsedArticle, name: str, habits: Habits) -> Reading:
    spans = tuple(_as_seen(article, name, habits))
    as_in_gold = {span.id for span in spans if span in article.spans}
    links = tuple(one for one in article.relations if {one.source, one.target} <= as_in_gold)
    return Reading(f"user:{name}", spans, links)


def _as_seen(article: ParsedArticle, name: str, habits: Habits) -> Iterator[Span]:
    for span in article.spans:
        instead, percent = habits.get(span.label, (span.label, 0))
        if _lot(article.file, name, span.start, span.end) >= percent:
            yield span
        elif instead:
            yield replace(span, label=instead)


def _lot(*parts: object) -> int:
    """From 0 to 99."""
    return int.from_bytes(sha256("/".join(map(str, parts)).encode()).digest()[:4]) % 100
