from celery import shared_task

from articles.services.projects.purging import purge_deleted


@shared_task
def purge_deleted_projects() -> int:
    return purge_deleted()
