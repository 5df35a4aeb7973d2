from celery import shared_task

from articles.services.carrying import carry_over_where_due as carry_where_due


@shared_task
def carry_over_where_due() -> int:
    return carry_where_due()
