"""How far people agree, in figures with intervals, as the agreement page and the API show them.

Entities first: the F1 of one reading against another, added up over pairs of readings (Hripcsak & Rothschild
2005, see `measures.f_measure`), by exact bounds, by bounds alone, and by overlap. Then, beside them,
coefficients that are corrected for chance (see `coefficients`). Token by token most of a text is marked by
nobody, which makes agreement look higher than it is, so those figures never stand alone.

Every figure is `[value, low, high]`: intervals are drawn over articles. Where fewer than FEWEST_ARTICLES
articles speak for a figure, because somebody marked something in them, it is None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np

from articles.domain.agreement.pair_counts import OF_COVER, OF_MENTIONS
from articles.domain.agreement.tables import ComparedPair, PairTables, Sample, by_people, figure
from articles.domain.measures.coefficients import (
    cohens_kappa,
    krippendorffs_alpha,
    masi,
    quotient,
    unitizing_alpha,
)
from articles.domain.measures.confusion import NOTHING
from articles.domain.measures.f_measure import FEWEST_ARTICLES
from articles.domain.measures.resampling import LEVEL, Numbers
from articles.domain.measures.scores import RESAMPLES, SEED

# Of these figures. Those that were made in another way are made again.
FIGURES = 1


def summary(pairs: Sequence[ComparedPair]) -> dict[str, Any]:
    """All figures over these pairs as JSON. The pairs are in order of their articles."""
    tables = PairTables(pairs) if pairs else None
    marked_in = _marked_in(tables.by_article(tables.mentions)) if tables else 0
    basis = {
        "articles": len(tables.begins) if tables else 0,
        "marked_in": marked_in,
        "pairs": len(pairs),
        "fewest_articles": FEWEST_ARTICLES,
        "interval": {"level": LEVEL, "resamples": RESAMPLES, "seed": SEED},
        "kinds": _kinds(pairs),
        "confused": _confused(pairs),
    }
    if tables is None or marked_in < FEWEST_ARTICLES:
        few = dict.fromkeys(("entities", "relations", "said", "tokens"))
        return {**basis, **few, "labels": [], "weeks": [], "people": _people(tables) if tables else []}
    return {
        **basis,
        **_whole(tables),
        "people": _people(tables),
        "weeks": _weeks(tables),
        "relations": _relations(tables),
        "said": _said(tables),
    }


def _kinds(pairs: Sequence[ComparedPair]) -> dict[str, int]:
    """How many mentions were marked the same, and in which ways the others differ."""
    confused = Counter[bool]()
    for pair in pairs:
        for cell, count in pair.counts.confused.items():
            confused[NOTHING in cell] += count
    of_labels = [one for pair in pairs for one in pair.counts.labels.values()]
    return {
        "same": sum(one.exact for one in of_labels),
        "label": confused[False],
        "boundary": sum(one.boundary for one in of_labels),
        "alone": confused[True],
    }


def _confused(pairs: Sequence[ComparedPair]) -> list[list[Any]]:
    """`[label of the first, label of the second, mentions]`, the most frequent first."""
    cells = Counter[tuple[str, str]]()
    for pair in pairs:
        cells.update(pair.counts.confused)
        cells.update({(name, name): one.exact for name, one in pair.counts.labels.items() if one.exact})
    return [[*cell, count] for cell, count in sorted(cells.items(), key=lambda item: (-item[1], item[0]))]


def _whole(tables: PairTables) -> dict[str, Any]:
    labels, matched, tokens = tables.labels, tables.matched, tables.tokens
    sample = Sample(
        labels=tables.by_article(labels.counts[..., OF_MENTIONS]),
        cover=tables.by_article(labels.counts[..., OF_COVER], weighted=True),
        length=tables.by_article(2 * tables.lengths, weighted=True),
        matched=tables.by_article(matched.counts),
        tokens=tables.by_article(tokens.counts, weighted=True),
    )
    entities = {
        **_f1s(sample["labels"].sum(axis=1)),
        "bounds": figure(_f1(sample["matched"][..., 0].sum(axis=-1), sample["labels"].sum(axis=1))),
        "label_alpha": figure(_nominal_alpha(sample["matched"])),
        "unitizing_alpha": figure(_unitizing(sample["cover"], sample["length"])),
    }
    count = int(sample["tokens"][0, :, :2].sum())
    alpha = figure(_nominal_alpha(sample["tokens"]))
    return {
        "entities": entities,
        "labels": _of_labels(tables, sample),
        "tokens": {"readings_of_tokens": count, "alpha": alpha} if count else None,
    }


def _of_labels(tables: PairTables, sample: Sample) -> list[dict[str, Any]]:
    """The label that was marked most often first."""
    by_article = tables.by_article(tables.labels.counts[..., OF_MENTIONS])
    found = []
    for place, name in enumerate(tables.labels.names):
        marked_in = _marked_in(by_article[:, place])
        counts, cover = sample["labels"][:, place], sample["cover"][:, place : place + 1]
        figures: dict[str, Any] = {"exact": None, "overlap": None, "unitizing_alpha": None}
        if marked_in >= FEWEST_ARTICLES:
            figures = {**_f1s(counts), "unitizing_alpha": figure(_unitizing(cover, sample["length"]))}
        row = {"name": name, "marked_in": marked_in, "marked": int(counts[0, :2].sum())}
        found.append({**row, **figures})
    return sorted(found, key=lambda row: (-row["marked"], row["name"]))


def _people(tables: PairTables) -> list[dict[str, Any]]:
    """Each two people who have read the same articles, by their numbers."""
    return [_two_people(tables, people, rows) for people, rows in by_people(tables.pairs).items()]


def _two_people(tables: PairTables, people: tuple[int, int], rows: Sequence[int]) -> dict[str, Any]:
    labels = tables.mentions[rows]
    first, second = labels[:, :2].sum(axis=0)
    found = {"first": people[0], "second": people[1], "articles": len(rows), "marked_in": _marked_in(labels)}
    found |= {"marked_first": int(first), "marked_second": int(second)}
    names = ("exact", "overlap", "bounds", "found_by_first", "found_by_second", "label_kappa", "token_kappa")
    if found["marked_in"] < FEWEST_ARTICLES:
        return {**found, **dict.fromkeys(names)}
    sample = Sample(labels=labels, matched=tables.matched.counts[rows], tokens=tables.tokens.counts[rows])
    counts, matched = sample["labels"], sample["matched"]
    both = counts[:, 2]
    return {
        **found,
        **_f1s(counts),
        "bounds": figure(_f1(matched[..., 0].sum(axis=-1), counts)),
        "found_by_first": figure(quotient(both, counts[:, 1])),
        "found_by_second": figure(quotient(both, counts[:, 0])),
        "label_kappa": figure(_kappa(matched)),
        "token_kappa": figure(_kappa(sample["tokens"])),
    }


def _weeks(tables: PairTables) -> list[dict[str, Any]]:
    """Figures by the week in which an article was handed in last. A week is named by its Monday."""
    counts = tables.by_article(tables.mentions)
    last = [max(pair.day for pair in pairs) for _, pairs in groupby(tables.pairs, attrgetter("article"))]
    weeks: dict[date, list[int]] = {}
    for row, day in enumerate(last):
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(row)
    return [
        {"week": week.isoformat(), "articles": len(rows), **_week(counts[rows])}
        for week, rows in sorted(weeks.items())
    ]


def _week(counts: Numbers) -> dict[str, Any]:
    enough = _marked_in(counts) >= FEWEST_ARTICLES
    return _f1s(Sample(counts=counts)["counts"]) if enough else {"exact": None, "overlap": None}


def _relations(tables: PairTables) -> dict[str, Any] | None:
    """Figures by type of relation; those of all types are under an empty name. None where nobody has drawn
    any."""
    counts = tables.by_article(tables.links.counts)
    if not counts.any():
        return None
    sample = Sample(links=counts)["links"]
    rows = [_links("", sample.sum(axis=1), counts.sum(axis=1))]
    for place, name in enumerate(tables.links.names):
        rows.append(_links(name, sample[:, place], counts[:, place]))
    return {"types": rows}


def _links(name: str, drawn: Numbers, counts: Numbers) -> dict[str, Any]:
    articles = int((counts[:, :2].sum(axis=-1) > 0).sum())
    row = {"type": name, "articles": articles, "drawn": int(drawn[0, :2].sum())}
    if articles < FEWEST_ARTICLES:
        return {**row, "f1": None, "f1_of_possible": None}
    first, second, common, possible_first, possible_second = drawn.T
    return {
        **row,
        "f1": figure(quotient(2 * common, first + second)),
        "f1_of_possible": figure(quotient(2 * common, possible_first + possible_second)),
    }


def _said(tables: PairTables) -> dict[str, Any] | None:
    """Figures of the labels of whole articles. None where nobody has given any."""
    if not any(any(pair.counts.said) for pair in tables.pairs):
        return None
    given, apart, distances = tables.said(masi)
    same = np.array([float(pair.counts.said[0] == pair.counts.said[1]) for pair in tables.pairs])
    sample = Sample(
        given=given,
        apart=apart,
        same=tables.by_article(same),
        pairs=tables.by_article(np.ones_like(same)),
    )
    return {
        "alpha": figure(krippendorffs_alpha(sample["apart"], sample["given"], distances)),
        "same": figure(quotient(sample["same"], sample["pairs"])),
    }


def _marked_in(counts: Numbers) -> int:
    """In how many articles somebody marked something. Takes articles x OF_MENTIONS."""
    return int((counts[:, :2].sum(axis=-1) > 0).sum())


def _f1s(counts: Numbers) -> dict[str, Any]:
    """Of resamples x OF_MENTIONS."""
    return {"exact": figure(_f1(counts[:, 2], counts)), "overlap": figure(_f1(counts[:, 3], counts))}


def _f1(common: Numbers, counts: Numbers) -> Numbers:
    return quotient(2 * common, counts[:, 0] + counts[:, 1])


def _nominal_alpha(counts: Numbers) -> Numbers:
    """Of resamples x values x (first, second, both)."""
    first, second, both = (counts[..., place] for place in range(3))
    apart = first.sum(axis=-1) + second.sum(axis=-1) - 2 * both.sum(axis=-1)
    values = first.shape[-1]
    return krippendorffs_alpha(apart, first + second, 1 - np.eye(values))


def _kappa(counts: Numbers) -> Numbers:
    """Of resamples x values x (first, second, both)."""
    return cohens_kappa(counts[..., 2].sum(axis=-1), counts[..., 0], counts[..., 1])


def _unitizing(cover: Numbers, length: Numbers) -> Numbers:
    """Of resamples x labels x OF_COVER."""
    first, second, both, squares = (cover[..., place] for place in range(4))
    return unitizing_alpha(2 * both, first + second, squares, length)
