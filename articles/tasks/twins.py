from celery import shared_task

from articles.services.twins import work_on_twins
from articles.tasks.sending import send_after_commit


@shared_task
def find_twins(job_id: int) -> None:
    work_on_twins(job_id)


def enqueue_twins(job_id: int) -> None:
    """Hand a look for near-duplicates to the workers once its row is committed."""
    send_after_commit(find_twins, job_id)
