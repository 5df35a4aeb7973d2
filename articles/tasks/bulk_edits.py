from celery import shared_task

from articles.services.bulk_edits import work_on_bulk_edit
from articles.tasks.sending import send_after_commit


@shared_task
def bulk_edit(job_id: int) -> None:
    work_on_bulk_edit(job_id)


def enqueue_bulk_edit(job_id: int) -> None:
    """Hand a bulk edit, or its undoing, to the workers once its row is committed."""
    send_after_commit(bulk_edit, job_id)
