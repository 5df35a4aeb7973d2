from celery import shared_task
from django.db import transaction

from articles.services.assignments.ranks import start_due_rankings, work_on_ranking


@shared_task
def rank_articles(job_id: int) -> None:
    work_on_ranking(job_id)


@shared_task
def rank_where_due() -> int:
    return start_due_rankings(enqueue=enqueue_ranking)


def enqueue_ranking(job_id: int) -> None:
    """Hand the making of an order to the workers once its row is committed."""
    transaction.on_commit(
        lambda: rank_articles.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
