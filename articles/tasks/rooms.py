from celery import shared_task

from articles.services.assignments.rooms import work_on_rooms
from articles.tasks.sending import send_after_commit


@shared_task
def settle_rooms(job_id: int) -> None:
    work_on_rooms(job_id)


def enqueue_rooms(job_id: int) -> None:
    """Hand what follows from another number of annotators to the workers once its row is committed."""
    send_after_commit(settle_rooms, job_id)
