from celery import shared_task

from articles.services.evaluations import evaluate_what_is_due, work_on_evaluation
from articles.tasks.runs import enqueue_run
from articles.tasks.sending import send_after_commit


@shared_task
def measure_engines(job_id: int) -> None:
    work_on_evaluation(job_id, enqueue_run=enqueue_run)


@shared_task
def evaluate_engines() -> int:
    return evaluate_what_is_due(enqueue=enqueue_evaluation)


def enqueue_evaluation(job_id: int) -> None:
    """Hand an evaluation to the workers once its row is committed."""
    send_after_commit(measure_engines, job_id)
