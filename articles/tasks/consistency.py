from celery import shared_task
from django.db import transaction

from articles.services.doubts.consistency import work_on_count


@shared_task
def count_labels(job_id: int) -> None:
    work_on_count(job_id)


def enqueue_count(job_id: int) -> None:
    """Hand a count of labels to the workers once its row is committed."""
    transaction.on_commit(
        lambda: count_labels.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
