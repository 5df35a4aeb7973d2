from celery import shared_task

from articles.services.schema_changes.migration import work_on_schema_change
from articles.tasks.sending import send_after_commit


@shared_task
def carry_over(job_id: int) -> None:
    work_on_schema_change(job_id)


def enqueue_schema_change(job_id: int) -> None:
    """Hand the carrying over of a project's layers to the workers once its row is committed."""
    send_after_commit(carry_over, job_id)
