from celery import shared_task

from articles.services.assignments.ranks import start_due_rankings, work_on_ranking
from articles.tasks.sending import send_after_commit


@shared_task
def rank_articles(job_id: int) -> None:
    work_on_ranking(job_id)


@shared_task
def rank_where_due() -> int:
    return start_due_rankings(enqueue=enqueue_ranking)


def enqueue_ranking(job_id: int) -> None:
    """Hand the making of an order to the workers once its row is committed."""
    send_after_commit(rank_articles, job_id)
