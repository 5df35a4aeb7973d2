from celery import shared_task
from django.db import transaction

from articles.services.runs import work_on_run


@shared_task
def run_engines(job_id: int) -> None:
    work_on_run(job_id)


def enqueue_run(job_id: int) -> None:
    """Hand a run to the workers once its row is committed. A dead broker delays it, and loses nothing."""
    transaction.on_commit(
        lambda: run_engines.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
