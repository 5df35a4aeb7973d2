from celery import shared_task
from django.db import transaction

from articles.services.assignments.rooms import work_on_rooms


@shared_task
def settle_rooms(job_id: int) -> None:
    work_on_rooms(job_id)


def enqueue_rooms(job_id: int) -> None:
    """Hand what follows from another number of annotators to the workers once its row is committed."""
    transaction.on_commit(
        lambda: settle_rooms.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
