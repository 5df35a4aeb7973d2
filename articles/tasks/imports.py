from celery import shared_task

from articles.services.imports.importing import forget_old_uploads as forget
from articles.services.imports.importing import work_on_import
from articles.services.imports.inspection import work_on_look_through
from articles.tasks.runs import enqueue_run
from articles.tasks.sending import send_after_commit
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
    send_after_commit(import_file, job_id)


def enqueue_look_through(job_id: int) -> None:
    """The same for a look through an upload."""
    send_after_commit(look_through_file, job_id)
