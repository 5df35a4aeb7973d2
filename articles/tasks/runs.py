from uuid import UUID

from celery import shared_task

from articles.services.jobs.run_workers import call_worker
from articles.services.runs.work import take_turn
from articles.tasks.sending import send_after_commit

# An engine that hangs is interrupted, and if that does not help, its process is ended.
SOFT_LIMIT, HARD_LIMIT = 600, 660


@shared_task(soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def join_run(worker_id: str) -> None:
    take_turn(UUID(worker_id), enqueue=enqueue_run)


def enqueue_run(job_id: int) -> None:
    """Call one more worker to a run, unless one is on its way. A dead broker delays it, and loses nothing."""
    worker_id = call_worker(job_id)
    if worker_id:
        send_after_commit(join_run, str(worker_id))
