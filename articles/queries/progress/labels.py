"""Which labels gold has, and which people mark."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.users.models import User
from articles.access.caller import Caller
from articles.domain.progress.periods import Period
from articles.queries.progress.history import COUNTED, between, manages, rows_of

_IN_GOLD = """
SELECT span.label, count(*) FROM articles_layer layer
JOIN articles_article article ON article.id = layer.article_id
JOIN articles_span span ON span.layer_id = layer.id
WHERE article.project_id = %(project)s AND article.archived_at IS NULL AND layer.kind = 'gold'
AND layer.approved_at >= %(after)s AND layer.approved_at < %(before)s
GROUP BY span.label
"""
_BY_PEOPLE = f"""
SELECT layer.user_id, span.label, count(*) FROM articles_layer layer
JOIN articles_article article ON article.id = layer.article_id
JOIN articles_span span ON span.layer_id = layer.id
WHERE article.project_id = %(project)s AND {COUNTED} AND layer.kind = 'user'
AND layer.submitted_at >= %(after)s AND layer.submitted_at < %(before)s
AND (%(user)s::bigint IS NULL OR layer.user_id = %(user)s)
GROUP BY layer.user_id, span.label
"""  # noqa: S608 - put together of constants


@dataclass(frozen=True)
class LabelShare:
    """A label, how often it was marked, and which share that is of all that was marked, in per cent."""

    name: str
    count: int
    percent: float


@dataclass(frozen=True)
class LabelTable:
    """A row a label, the one that is most frequent first; a column a person."""

    people: Sequence[User]
    rows: Sequence[tuple[str, Sequence[LabelShare]]]


def labels_in_gold(caller: Caller, period: Period) -> Sequence[LabelShare]:
    """Of gold that was approved in the period."""
    return shares(dict(rows_of(_IN_GOLD, between(caller.project, period, None))))


def labels_by_people(caller: Caller, period: Period) -> LabelTable:
    """Of layers handed in during the period. Managers see everybody's, others their own."""
    counts = defaultdict[int, Counter[str]](Counter)
    for user, label, count in rows_of(
        _BY_PEOPLE, between(caller.project, period, None if manages(caller) else caller)
    ):
        counts[user][label] = count
    people = sorted(User.objects.in_bulk(counts).values(), key=lambda one: (one.name, one.username))
    all_together = sum(counts.values(), Counter[str]())
    of_each = [{one.name: one for one in shares(counts[person.pk])} for person in people]
    rows = [
        (label, [found.get(label, LabelShare(label, 0, 0.0)) for found in of_each])
        for label, _ in all_together.most_common()
    ]
    return LabelTable(people, rows)


def shares(counts: Mapping[str, int]) -> list[LabelShare]:
    """The most frequent first."""
    total = sum(counts.values())
    rows = [LabelShare(name, count, 100 * count / total) for name, count in counts.items()]
    return sorted(rows, key=lambda one: (-one.count, one.name))
