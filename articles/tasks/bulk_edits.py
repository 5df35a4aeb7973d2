from celery import shared_task
from django.db import transaction

from articles.services.bulk_edits import work_on_bulk_edit


@shared_task
def bulk_edit(job_id: int) -> None:
    work_on_bulk_edit(job_id)


def enqueue_bulk_edit(job_id: int) -> None:
    """Hand a bulk edit, or its undoing, to the workers once its row is committed."""
    transaction.on_commit(
        lambda: bulk_edit.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
