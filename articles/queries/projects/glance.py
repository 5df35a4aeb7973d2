"""What a manager sees of quality at a glance: labels that people disagree on, and how good engines became."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import FloatField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from annotator.users.models import Project
from articles.domain.agreement.pair_counts import METHOD
from articles.domain.measures.f_measure import FEWEST_ARTICLES
from articles.engines.registry import learning_kinds
from articles.models import EngineVersion

NEWEST_PAIRS = 500
LABELS_SHOWN = 4


@dataclass(frozen=True)
class LabelAgreement:
    """`f1` is that of two people's readings of the same articles: same bounds and same label."""

    name: str
    f1: float


@dataclass(frozen=True)
class LearnedEngine:
    """F1 on gold that was held out, of the first version and of the one that suggests now, and from how many
    gold articles that one learned."""

    name: str
    first: float
    now: float
    articles: int


def disputed_labels(project: Project) -> list[LabelAgreement]:
    """The labels that people agree on least, the worst first, from the newest pairs of readings that are
    compared already. Those in too few articles for a figure are left out, and those without a difference."""
    with connection.cursor() as cursor:
        cursor.execute(
            _DISPUTED,
            {
                "project": project.pk,
                "method": METHOD,
                "pairs": NEWEST_PAIRS,
                "fewest": FEWEST_ARTICLES,
                "labels": LABELS_SHOWN,
            },
        )
        return [LabelAgreement(name, f1) for name, f1 in cursor.fetchall()]


def learned_engines(project: Project) -> list[LearnedEngine]:
    """The engines that have learned something, by name."""
    versions = EngineVersion.objects.filter(engine__project=project, engine__kind__in=learning_kinds())
    measured = Cast(KT("figures__scores__exact__micro__f1__0"), FloatField())
    rows = versions.order_by("engine__name", "number").values_list(
        "engine__name", "state", "articles", measured
    )
    found: dict[str, LearnedEngine] = {}
    for name, state, articles, f1 in rows:
        first = found[name].first if name in found else f1
        if name not in found or state == EngineVersion.State.LIVE:
            found[name] = LearnedEngine(name, first, f1, articles)
    return list(found.values())


# Of each label: how many mentions the two readers have, and how many are the same, as `LabelCounts` begins.
_DISPUTED = """
WITH newest AS (
    SELECT a.article_id, pair.counts
    FROM articles_layerpair pair
        JOIN articles_layer a ON a.id = pair.first_id AND a.version = pair.first_version
        JOIN articles_layer b ON b.id = pair.second_id AND b.version = pair.second_version
        JOIN articles_article article ON article.id = a.article_id
    WHERE article.project_id = %(project)s AND article.archived_at IS NULL AND pair.method = %(method)s
        AND a.submitted_at IS NOT NULL AND b.submitted_at IS NOT NULL
    ORDER BY GREATEST(a.submitted_at, b.submitted_at) DESC LIMIT %(pairs)s
), labels AS (
    SELECT label.key AS name, count(DISTINCT newest.article_id) AS articles,
        sum((label.value->>0)::int + (label.value->>1)::int) AS marked, sum((label.value->>2)::int) AS same
    FROM newest, jsonb_each(newest.counts->'labels') label GROUP BY label.key
)
SELECT name, (2.0 * same / marked)::float FROM labels
WHERE articles >= %(fewest)s AND 2 * same < marked ORDER BY 2, 1 LIMIT %(labels)s
"""
