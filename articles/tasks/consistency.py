from celery import shared_task

from articles.services.doubts.consistency import work_on_count
from articles.tasks.sending import send_after_commit


@shared_task
def count_labels(job_id: int) -> None:
    work_on_count(job_id)


def enqueue_count(job_id: int) -> None:
    """Hand a count of labels to the workers once its row is committed."""
    send_after_commit(count_labels, job_id)
