"""Whose articles are whose, for those who may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from articles.models import Article, Assignment


def claims_on(articles: Collection[Article]) -> dict[int, list[Assignment]]:
    """By article the claims of those who work on it or have handed it in, with their people, in order."""
    claims = Assignment.objects.taking_room().filter(article__in=[one.pk for one in articles])
    found: dict[int, list[Assignment]] = defaultdict(list)
    for claim in claims.select_related("user").order_by("pk"):
        found[claim.article_id].append(claim)
    return dict(found)
