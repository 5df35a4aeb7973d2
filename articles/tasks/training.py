from celery import shared_task

from articles.services.engines import training
from articles.tasks.runs import enqueue_run
from articles.tasks.sending import send_after_commit


@shared_task
def train_engine(job_id: int) -> None:
    training.work_on_training(job_id, enqueue_run=enqueue_run)


@shared_task
def start_due_trainings(nightly: bool = False) -> int:
    return training.start_due_trainings(enqueue=enqueue_training, nightly=nightly)


def enqueue_training(job_id: int) -> None:
    """Hand a training to the workers once its row is committed."""
    send_after_commit(train_engine, job_id)
