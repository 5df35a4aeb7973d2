from celery import shared_task

from articles.services.releases.releasing import work_on_release
from articles.tasks.sending import send_after_commit


@shared_task
def publish_release(job_id: int) -> None:
    work_on_release(job_id)


def enqueue_release(job_id: int) -> None:
    """Hand a release to the workers once its row is committed."""
    send_after_commit(publish_release, job_id)
