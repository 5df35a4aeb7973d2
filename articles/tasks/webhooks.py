from celery import shared_task

from articles.services.deliveries import BATCH, deliver_due


@shared_task
def deliver() -> None:
    """Everything that is due, a batch after another."""
    while deliver_due() == BATCH:
        pass
