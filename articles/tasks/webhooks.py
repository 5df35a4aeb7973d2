from celery import shared_task

from articles.services.notifications.deliveries import deliver_due


@shared_task
def deliver() -> None:
    deliver_due()
