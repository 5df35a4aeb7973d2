"""What follows for articles when a project asks for more or fewer annotators."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from annotator.users.models import Project
from articles.models import Article, Assignment
from articles.queries.gold import waiting_without_draft
from articles.services.articles import lock_articles, refresh_statuses
from articles.services.gold import draft_gold

BATCH = 1_000


def settle_rooms(*, project: Project) -> None:
    """Settle anew which of the articles that somebody has claimed have room, and where they stand. Those that
    nobody has claimed have room under any rule, so that they need not be touched. The gold of those that now
    wait for review is drafted by `draft_missing_gold`."""
    claimed = Assignment.objects.filter(article__project=project).taking_room()
    ids = list(claimed.order_by("article").values_list("article", flat=True).distinct())
    for start in range(0, len(ids), BATCH):
        _settle(ids[start : start + BATCH])


def draft_missing_gold() -> int:
    """Draft gold where articles wait for review without. Answers for how many; done twice, the second time
    there are none."""
    drafted = 0
    for pk in waiting_without_draft():
        with transaction.atomic():
            lock_articles([pk])
            draft_gold(article=Article.objects.get(pk=pk))
        drafted += 1
    return drafted


def _settle(ids: Sequence[int]) -> None:
    with transaction.atomic():
        lock_articles(ids)
        refresh_statuses(article_ids=ids)
