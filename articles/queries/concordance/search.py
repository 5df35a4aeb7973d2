"""A concordance: every place in the corpus where a phrase, a pattern or a label stands, with its context."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.utils.translation import gettext

from annotator.users.models import Project, User
from articles.domain.concordance import Line, indexed_words, line_at
from articles.models import Article
from articles.queries.articles import ArticleFilter, find_articles, holding_text, holding_words
from articles.queries.concordance.finders import Finder, Way, finder_of
from articles.queries.evaluations.scope import fitting
from articles.queries.layers.choice import GOLD, LayerChoice
from articles.queries.layers.spans import Mark, marks_of

# Nobody reads more lines, and a bulk edit takes no more places.
MOST_PLACES = 10_000
UNLABELLED = "-"
_BATCH_ARTICLES, _BATCH_CHARACTERS = 500, 4_000_000


@dataclass(frozen=True)
class Search:
    """What to look for, and where. `labelled` is a label that stands exactly at the place in the layer,
    UNLABELLED (nothing of the layer touches it), or empty. Without `text`, a label is looked for alone.
    """

    text: str = ""
    way: Way = Way.WORD
    match_case: bool = False
    labelled: str = ""
    layer: LayerChoice = GOLD
    articles: ArticleFilter = field(default_factory=ArticleFilter)

    @property
    def asks_for_something(self) -> bool:
        return bool(self.text) or self.labelled not in ("", UNLABELLED)


@dataclass
class Found:
    """What a search found, in the order of the corpus. `remarks` say why it may not be all there is."""

    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def articles(self) -> int:
        return len({line.article for line in self.lines})


def find_lines(project: Project, search: Search, *, user: User) -> Found:
    """At most MOST_PLACES. Raises Invalid for what is not a regular expression."""
    found = Found()
    if not search.asks_for_something:
        return found
    finder = finder_of(search.text, search.way, match_case=search.match_case) if search.text else None
    for ids in _batches(_candidates(project, search, user=user)):
        marks = marks_of(search.layer, ids, label=_only(search)) if search.labelled else {}
        texts = _texts(marks if _only(search) else ids)
        for article, start, end in _hits(texts, marks, finder, search.labelled):
            if len(found.lines) == MOST_PLACES:
                found.remarks.append(
                    gettext("There are more than %(most)s places: these are the first. Narrow the search.")
                    % {"most": intcomma(MOST_PLACES)}
                )
                return found
            found.lines.append(line_at(article, texts[article], start, end))
        if finder and finder.is_out_of_time:
            break
    found.remarks += finder.remarks() if finder else []
    return found


def _hits(
    texts: dict[int, str], marks: dict[int, list[Mark]], finder: Finder | None, labelled: str
) -> Iterator[tuple[int, int, int]]:
    places = finder.find(list(texts.values())) if finder else [_extents(marks.get(one, [])) for one in texts]
    for article, here in zip(texts, places, strict=False):
        standing = marks.get(article, [])
        for start, end in here:
            if not labelled or _fits(standing, start, end, labelled):
                yield article, start, end


def _extents(marks: Collection[Mark]) -> list[tuple[int, int]]:
    return sorted({(mark.start, mark.end) for mark in marks})


def _fits(marks: Sequence[Mark], start: int, end: int, labelled: str) -> bool:
    if labelled == UNLABELLED:
        return not any(mark.start < end and start < mark.end for mark in marks)
    return any((mark.start, mark.end, mark.label) == (start, end, labelled) for mark in marks)


def _only(search: Search) -> str:
    """The label that is looked for. Empty where every label matters, because none is to stand there."""
    return "" if search.labelled == UNLABELLED else search.labelled


def _candidates(project: Project, search: Search, *, user: User) -> QuerySet[Article]:
    """The articles in which something may be found, as far as the indexes can say."""
    rows = find_articles(project, search.articles, user=user)
    if not search.text or search.way == Way.PATTERN:
        return rows
    words = indexed_words(search.text) if search.way == Way.WORD else []
    return holding_words(rows, words) if words else holding_text(rows, max(search.text.split(), key=len))


def _batches(rows: QuerySet[Article]) -> Iterator[list[int]]:
    """Their ids, some at a time, in order."""
    # All ids at once: for a query that may stop early the planner would read the articles one after another.
    lengths = list(rows.order_by("pk").values_list("pk", "length"))
    return fitting(lengths, articles=_BATCH_ARTICLES, characters=_BATCH_CHARACTERS)


def _texts(ids: Iterable[int]) -> dict[int, str]:
    return dict(Article.objects.filter(pk__in=list(ids)).order_by("pk").values_list("pk", "text"))
