from celery import shared_task

from articles.models import Job
from articles.services.jobs.lifecycle import resume_stale
from articles.services.runs.running import resume_runs
from articles.tasks.bulk_edits import enqueue_bulk_edit
from articles.tasks.consistency import enqueue_count
from articles.tasks.doubts import enqueue_doubts
from articles.tasks.evaluations import enqueue_evaluation
from articles.tasks.imports import enqueue_import, enqueue_look_through
from articles.tasks.ranks import enqueue_ranking
from articles.tasks.releases import enqueue_release
from articles.tasks.rooms import enqueue_rooms
from articles.tasks.runs import enqueue_run
from articles.tasks.schema_changes import enqueue_schema_change
from articles.tasks.training import enqueue_training
from articles.tasks.twins import enqueue_twins

_DOORS = {
    Job.Kind.RUN: enqueue_run,
    Job.Kind.IMPORT: enqueue_import,
    Job.Kind.TWINS: enqueue_twins,
    Job.Kind.INSPECT: enqueue_look_through,
    Job.Kind.RELEASE: enqueue_release,
    Job.Kind.TRAIN: enqueue_training,
    Job.Kind.EVALUATE: enqueue_evaluation,
    Job.Kind.RANK: enqueue_ranking,
    Job.Kind.DOUBTS: enqueue_doubts,
    Job.Kind.SCHEMA: enqueue_schema_change,
    Job.Kind.BULK: enqueue_bulk_edit,
    Job.Kind.CONSISTENCY: enqueue_count,
    Job.Kind.ROOMS: enqueue_rooms,
}


def enqueue(job: Job) -> None:
    """Hand a job of any kind to the workers."""
    _DOORS[Job.Kind(job.kind)](job.pk)


@shared_task
def resume_stale_jobs() -> int:
    return resume_stale(enqueue=enqueue) + resume_runs(enqueue=enqueue)
