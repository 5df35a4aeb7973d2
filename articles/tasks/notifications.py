from celery import shared_task

from articles.services.notifications import digests


@shared_task
def send_digests(often: str) -> int:
    return digests.send_digests(often=often)
