"""What people have handed in, article by article, ready to be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import orjson
from django.db import connection, transaction

from articles.domain.agreement.pair_counts import PairCounts, Reading, Tokens, count_pair
from articles.domain.measures.f_measure import Mention
from articles.domain.texts.tokens import all_tokens

ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class LayerReading:
    """A layer as it was at that version."""

    version: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article with the layers that people have handed in, by their ids."""

    id: int
    text: str
    title: str
    layers: Mapping[int, LayerReading]


@dataclass(frozen=True, slots=True)
class CountedPair:
    """Two layers, by their ids and versions, and what they have in common."""

    first: int
    second: int
    first_version: int
    second_version: int
    counts: PairCounts


def handed_in_articles(ids: Collection[int]) -> Iterator[ReadArticle]:
    """The articles with their layers that were handed in, in order of ids; without those that have none. An
    article, its layers and their versions are read at one moment."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_READINGS, [list(ids)])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for id_, text, title, layers in rows:
                yield ReadArticle(id_, text, title, dict(map(_layer, orjson.loads(layers))))


def count_pairs(wanted: Iterable[tuple[int, int, int]]) -> Iterator[CountedPair]:
    """Compare pairs of layers, each given as an article and the ids of two of its layers. Those that have
    been taken back meanwhile are left out."""
    by_article: dict[int, list[tuple[int, int]]] = {}
    for article, first, second in wanted:
        by_article.setdefault(article, []).append((first, second))
    for read in handed_in_articles(by_article):
        tokens = tokens_of(read.text)
        for first, second in by_article[read.id]:
            a, b = read.layers.get(first), read.layers.get(second)
            if a and b:
                counts = count_pair(tokens, a.reading, b.reading)
                yield CountedPair(first, second, a.version, b.version, counts)


def tokens_of(text: str) -> Tokens:
    found = all_tokens(text)
    return Tokens([start for start, _ in found], [end for _, end in found], len(text))


def _layer(row: Sequence[Any]) -> tuple[int, LayerReading]:
    id_, version, (starts, ends, names, fragments), relations, labels = row
    gaps = [tuple(map(tuple, one)) for one in fragments] if fragments else repeat(())
    reading = Reading(
        frozenset(zip(starts or (), ends or (), names or (), gaps, strict=False)),
        frozenset((type_, _mention(source), _mention(target)) for type_, source, target in relations or ()),
        frozenset(labels or ()),
    )
    return id_, LayerReading(version, reading)


def _mention(row: Sequence[Any]) -> Mention:
    start, end, label, fragments = row
    return start, end, label, tuple((a, b) for a, b in fragments)


# Spans as four columns, which is half the work of a list a span; the pieces only where there are any.
_READINGS = """
SELECT article.id, article.text, article.title, (
    SELECT json_agg(json_build_array(layer.id, layer.version,
        (SELECT json_build_array(json_agg(span.start), json_agg(span."end"), json_agg(span.label),
            CASE WHEN bool_or(span.fragments <> '[]') THEN json_agg(span.fragments) END)
         FROM articles_span span WHERE span.layer_id = layer.id),
        (SELECT json_agg(json_build_array(link.type,
            json_build_array(source.start, source."end", source.label, source.fragments),
            json_build_array(target.start, target."end", target.label, target.fragments)))
         FROM articles_relation link JOIN articles_span source ON source.id = link.source_id
         JOIN articles_span target ON target.id = link.target_id WHERE link.layer_id = layer.id),
        (SELECT json_agg(said.name) FROM articles_layerlabel said WHERE said.layer_id = layer.id)))
    FROM articles_layer layer
    WHERE layer.article_id = article.id AND layer.kind = 'user' AND layer.submitted_at IS NOT NULL
)::text
FROM articles_article article
WHERE article.id = ANY(%s) AND EXISTS (SELECT FROM articles_layer layer
    WHERE layer.article_id = article.id AND layer.kind = 'user' AND layer.submitted_at IS NOT NULL)
ORDER BY article.id
"""
