"""The lists of names and rules as their page shows them: tried on a sample of articles, and beside gold."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

import orjson
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext

from annotator.lib.errors import Invalid
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.domain.texts.marking import Piece, marked
from articles.domain.texts.passages import passages
from articles.engines.base import ArticleText, EngineError, SettingsError
from articles.engines.lists import Hit, ListEngine, Remark, is_entry, list_lines
from articles.engines.registry import engine_class
from articles.models import Article, ProjectEngine
from articles.queries.articles import ArticleFilter, find_articles

ARTICLE_CHARACTERS = 10_000
SAMPLE_CHARACTERS = 200_000
SECONDS = 2.0  # of computing: a page waits
DRAWN_FROM = 20_000  # of the newest articles a random sample is drawn
_SHOWN_HITS = 100  # of one article


@dataclass(frozen=True)
class Sample:
    """Which articles a list is tried on. `kind` is latest, random, words (in the text) or title."""

    kind: str = "latest"
    q: str = ""
    amount: int = 20
    seed: int = 0


@dataclass(frozen=True)
class TriedArticle:
    """An article with what was found: `passages` are cut out of it, or the whole of it is one."""

    article: Article
    hits: int
    passages: list[list[Piece]]


@dataclass(frozen=True)
class LineCount:
    line: int
    text: str
    hits: int
    articles: int


@dataclass(frozen=True)
class Tried:
    """What a list finds in a sample. `never` are lines without a hit; `milliseconds` by the clock."""

    articles: list[TriedArticle]
    silent: list[Article]
    lines: list[LineCount]
    never: list[LineCount]
    remarks: list[Remark]
    labels: list[tuple[str, int, int]]
    milliseconds: int

    @property
    def hits(self) -> int:
        return sum(one.hits for one in self.articles)

    @property
    def read(self) -> int:
        return len(self.articles) + len(self.silent)

    @property
    def by_line(self) -> dict[str, Any]:
        """For the script of the page: counts and remarks by the number of the line."""
        counts = {one.line: [one.hits, one.articles] for one in (*self.lines, *self.never)}
        return {"counts": counts, "remarks": [[one.line, one.reason, one.fatal] for one in self.remarks]}


def list_engine(row: ProjectEngine) -> type[ListEngine] | None:
    """The class of an engine that reads by a list."""
    try:
        kind = engine_class(row.kind)
    except EngineError:
        return None
    return kind if issubclass(kind, ListEngine) else None


def settings_digest(settings: Mapping[str, Any]) -> str:
    """A digest that tells whether settings were changed since somebody saw them."""
    return sha256(orjson.dumps(settings, option=orjson.OPT_SORT_KEYS)).hexdigest()


def sample_articles(project: Project, sample: Sample, *, user: User) -> list[Article]:
    """The articles of a sample, with as much of their text as is tried."""
    rows: QuerySet[Article] = Article.objects.of(project)
    if sample.kind == "title":
        rows = rows.filter(title__icontains=sample.q.strip())
    elif sample.kind == "words":
        rows = find_articles(project, ArticleFilter(q=sample.q), user=user)
    ids = list(rows.order_by("-pk").values_list("pk", flat=True)[: _looked_at(sample)])
    if sample.kind == "random":
        ids = Random(sample.seed).sample(ids, min(sample.amount, len(ids)))  # noqa: S311 - no secret
    found = Article.objects.in_bulk(ids)
    chosen, left = list[Article](), SAMPLE_CHARACTERS
    for article in (found[number] for number in ids if number in found):
        article.text = article.text[:ARTICLE_CHARACTERS]
        left -= len(article.text)
        if left < 0 and chosen:
            break
        chosen.append(article)
    return chosen


def _looked_at(sample: Sample) -> int:
    return DRAWN_FROM if sample.kind == "random" else sample.amount


def try_list(
    row: ProjectEngine, settings: Mapping[str, Any], articles: Sequence[Article], *, whole: bool = False
) -> Tried:
    """What the usable lines of a list find in these articles; texts in passages, or `whole`. Stores nothing.

    Raises Invalid.
    """
    kind = list_engine(row)
    if kind is None:
        raise Invalid(gettext("This engine has no list to try."))
    definition = published_definition(row.project_id)
    began = time.monotonic()
    texts = [ArticleText(one.pk, one.text, one.language, one.metadata) for one in articles]
    try:
        engine, remarks = kind.lenient(settings, definition.active_names)
        reading = engine.read(texts, SECONDS)
    except SettingsError as error:
        raise Invalid(str(error), list(error.problems.values())) from error
    milliseconds = round((time.monotonic() - began) * 1000)
    remarks = sorted({*remarks, *reading.remarks}, key=lambda one: (one.line, one.reason))
    bad = {one.line for one in remarks if one.fatal}
    lines = _counted(list_lines(settings.get(kind.list_setting) or ""), reading.hits)
    colours = {label.name: label.colour for label in definition.labels}
    shown = [
        _tried(article, hits, colours, whole) for article, hits in zip(articles, reading.hits, strict=True)
    ]
    return Tried(
        articles=[one for one in shown if one.hits],
        silent=[one.article for one in shown if not one.hits],
        lines=[one for one in lines if one.hits],
        never=[one for one in lines if not one.hits and one.line not in bad],
        remarks=remarks,
        labels=_labels(reading.hits, colours),
        milliseconds=milliseconds,
    )


def _tried(article: Article, hits: Sequence[Hit], colours: Mapping[str, int], whole: bool) -> TriedArticle:
    found = [hit.suggestion for hit in hits[:_SHOWN_HITS]]
    spans = [(one.start, one.end, one.label) for one in found]
    text = article.text
    stretches = [(0, len(text))] if whole else passages(text, [(start, end) for start, end, _ in spans])
    pieces = []
    for first, last in stretches:
        inside = [(start - first, end - first, label) for start, end, label in spans]
        pieces.append(marked(text[first:last], inside, colours))
    return TriedArticle(article, len(hits), pieces)


def _counted(lines: Sequence[str], hits: Sequence[Sequence[Hit]]) -> list[LineCount]:
    """Each entry with its hits, in the order of lines."""
    found = Counter[int]()
    where: defaultdict[int, set[int]] = defaultdict(set)
    for number, of_article in enumerate(hits):
        for hit in of_article:
            for line in hit.lines:
                found[line] += 1
                where[line].add(number)
    return [
        LineCount(number, line, found[number], len(where.get(number, ())))
        for number, line in enumerate(lines, 1)
        if is_entry(line)
    ]


def _labels(hits: Sequence[Sequence[Hit]], colours: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Label, colour and count, the most frequent first."""
    counts = Counter(hit.suggestion.label for of_article in hits for hit in of_article)
    return [(label, colours.get(label, 0), count) for label, count in counts.most_common()]


@dataclass(frozen=True)
class GoldName:
    """A name as gold has it, how often, and the colour of its label."""

    surface: str
    label: str
    count: int
    colour: int

    @property
    def line(self) -> str:
        return f"{self.surface}\t{self.label}"


def names_only_gold_has(
    project: Project, kind: type[ListEngine], settings: Mapping[str, Any], most: int = 200
) -> list[GoldName]:
    """Names in the newest gold that the list lacks, the most frequent first."""
    definition = published_definition(project.pk)
    known = {line.strip() for line in list_lines(settings.get(kind.list_setting) or "")}
    with connection.cursor() as cursor:
        cursor.execute(_GOLD_NAMES, [project.pk, GOLD_ARTICLES, MAX_NAME, list(definition.active_names)])
        rows = cursor.fetchall()
    colours = {label.name: label.colour for label in definition.labels}
    names = [GoldName(surface, label, count, colours.get(label, 0)) for surface, label, count in rows]
    return [name for name in names if name.line not in known][:most]


GOLD_ARTICLES = 2_000
MAX_NAME = 80  # characters
_GOLD_NAMES = r"""
WITH newest AS (
    SELECT layer.id, article.text FROM articles_layer layer
    JOIN articles_article article ON article.id = layer.article_id
    WHERE article.project_id = %s AND layer.kind = 'gold' AND article.status = 'gold'
    AND article.archived_at IS NULL ORDER BY article.id DESC LIMIT %s
)
SELECT surface, label, count(*) FROM (
    SELECT regexp_replace(
        substr(newest.text, span.start + 1, span."end" - span.start), '[[:space:]]+', ' ', 'g'
    ), label
    FROM newest JOIN articles_span span ON span.layer_id = newest.id
    WHERE span."end" - span.start BETWEEN 2 AND %s AND span.fragments = '[]' AND span.label = ANY(%s)
) AS named (surface, label)
GROUP BY surface, label ORDER BY count(*) DESC, surface, label LIMIT 20000
"""
