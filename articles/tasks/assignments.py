from celery import shared_task

from articles.services.leases import return_expired


@shared_task
def return_expired_assignments() -> int:
    return return_expired()
