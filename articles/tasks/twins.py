from celery import shared_task
from django.db import transaction

from articles.services.twins import work_on_twins


@shared_task
def find_twins(job_id: int) -> None:
    work_on_twins(job_id)


def enqueue_twins(job_id: int) -> None:
    """Hand a look for near-duplicates to the workers once its row is committed."""
    transaction.on_commit(
        lambda: find_twins.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
