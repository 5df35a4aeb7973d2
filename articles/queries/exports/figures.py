"""How much an export would hold, told before it is asked for."""

# ruff: noqa: S608 - every part is a constant of ours; what callers give is a parameter

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from annotator.users.models import Project, User
from articles.queries.articles import find_articles
from articles.queries.exports.packages import ExportQuery
from articles.queries.exports.statement import join_layer

# Of so many articles the spans are counted while somebody waits; of more they are reckoned from these.
COUNTED = 20_000


@dataclass(frozen=True)
class Figures:
    """`spans` is a rough number when not all could be counted."""

    articles: int
    spans: int
    is_rough: bool = False


def figures_of(project: Project, query: ExportQuery, *, user: User) -> Figures:
    """Articles that have the layer and its spans; for all layers every article, and all their spans."""
    layer = query.layer
    chosen, params = (
        find_articles(project, query.wanted, user=user).order_by().values("pk").query.sql_with_params()
    )
    found = f"FROM articles_article a {join_layer(layer)} WHERE a.id IN ({chosen})"
    values = [*([layer.name] if layer.name else []), *params]
    articles = _number(f"SELECT count(*) {found}", values)
    its_own = "o.id = f.layer" if not layer.is_all else "(o.kind <> 'gold' OR o.id = f.layer)"
    spans = _number(
        f"""SELECT count(*) FROM (SELECT a.id, l.id AS layer {found} ORDER BY a.id LIMIT {COUNTED}) f
        JOIN articles_layer o ON o.article_id = f.id AND {its_own}
        JOIN articles_span s ON s.layer_id = o.id""",
        values,
    )
    if articles <= COUNTED:
        return Figures(articles, spans)
    return Figures(articles, spans * articles // COUNTED, is_rough=True)


def _number(sql: str, params: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        (number,) = cursor.fetchone()
        return int(number)
