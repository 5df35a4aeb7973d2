from celery import shared_task
from django.db import transaction

from articles.services.schema_changes.migration import work_on_schema_change


@shared_task
def carry_over(job_id: int) -> None:
    work_on_schema_change(job_id)


def enqueue_schema_change(job_id: int) -> None:
    """Hand the carrying over of a project's layers to the workers once its row is committed."""
    transaction.on_commit(
        lambda: carry_over.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
