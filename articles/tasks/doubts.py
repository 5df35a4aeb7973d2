from celery import shared_task

from articles.services.doubts.searching import look_where_gold_changed, work_on_doubts
from articles.tasks.sending import send_after_commit


@shared_task
def find_doubts(job_id: int) -> None:
    work_on_doubts(job_id)


@shared_task
def look_for_errors() -> int:
    return look_where_gold_changed(enqueue=enqueue_doubts)


def enqueue_doubts(job_id: int) -> None:
    """Hand a search for errors to the workers once its row is committed."""
    send_after_commit(find_doubts, job_id)
