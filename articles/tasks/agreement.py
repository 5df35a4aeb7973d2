from celery import shared_task

from articles.services.agreement import count_agreement


@shared_task
def compare_readings() -> int:
    return count_agreement()
