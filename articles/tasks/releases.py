from celery import shared_task
from django.db import transaction

from articles.services.releases.releasing import work_on_release


@shared_task
def publish_release(job_id: int) -> None:
    work_on_release(job_id)


def enqueue_release(job_id: int) -> None:
    """Hand a release to the workers once its row is committed."""
    transaction.on_commit(
        lambda: publish_release.apply_async((job_id,), ignore_result=True, retry=False), robust=True
    )
