from celery import shared_task
from django.db import transaction

from articles.services.imports.importing import forget_old_uploads as forget
from articles.services.imports.importing import work_on_import
from articles.services.imports.inspection import work_on_look_through
from articles.tasks.runs import enqueue_run
from articles.tasks.twins import enqueue_twins


@shared_task
def import_file(job_id: int) -> None:
    work_on_import(job_id, enqueue_run=enqueue_run, enqueue_twins=enqueue_twins)


@shared_task
def look_through_file(job_id: int) -> None:
    work_on_look_through(job_id)


@shared_task
def forget_old_uploads() -> int:
    return forget()


def enqueue_import(job_id: int) -> None:
    """Hand an import to the workers once its row is committed."""
    transaction.on_commit(
        lambda: import_file.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )


def enqueue_look_through(job_id: int) -> None:
    """The same for a look through an upload."""
    transaction.on_commit(
        lambda: look_through_file.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
