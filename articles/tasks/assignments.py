from celery import shared_task

from articles.services.assignments.leases import return_expired
from articles.services.assignments.rooms import draft_missing_gold


@shared_task
def return_expired_assignments() -> int:
    return return_expired()


@shared_task
def draft_gold_where_missing() -> int:
    return draft_missing_gold()
