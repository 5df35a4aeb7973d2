"""Counting how the same words are labelled, layer by layer."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.domain.doubts.consistency import Consistency
from articles.models import Job, Variation
from articles.queries.doubts.consistency import last_count, read_by, texts_with_labels
from articles.queries.layers.choice import GOLD, LayerChoice
from articles.services.jobs.lifecycle import (
    Cancelled,
    Enqueue,
    claim_job,
    count_progress,
    create_job,
    finish_job,
    working_on,
)

# The most surprising ones are kept; nobody reads more.
MOST_FORMS = 2_000
# No more articles than this are read while a person waits.
AT_ONCE = 200
PASSES = 2


def start_count(*, project: Project, layer: LayerChoice, by: User, enqueue: Enqueue) -> Job:
    """Count how a layer labels its words: now, or by `enqueue` where there are many articles. Raises Refused
    while they are being counted."""
    articles = len(read_by(project, layer))
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        last = last_count(project, layer)
        if last and not last.is_finished:
            raise Refused(_("These labels are being counted already. Wait until that has ended."))
        params = {"layer": str(layer)}
        total = PASSES * articles
        job = create_job(project=project, kind=Job.Kind.CONSISTENCY, by=by, total=total, params=params)
    if articles > AT_ONCE:
        enqueue(job.pk)
    else:
        work_on_count(job.pk)
    return job


def work_on_count(job_id: int) -> None:
    """Count. Everything is stored at the end, so a job that is killed begins again from the start."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job):
        Job.objects.filter(pk=job.pk).update(done=0)
        layer = LayerChoice.parse(job.params["layer"]) or GOLD
        _store(job, layer, _counted(job, layer))


def _counted(job: Job, layer: LayerChoice) -> Consistency:
    """Raises Cancelled."""
    counted, ids = Consistency(), read_by(job.project, layer)
    for learn in (counted.learn_labels, counted.learn_text):
        for batch in texts_with_labels(layer, ids):
            for text, mentions in batch:
                learn(text, mentions)
            if not count_progress(job_id=job.pk, more=len(batch)):
                raise Cancelled
    return counted


def _store(job: Job, layer: LayerChoice, counted: Consistency) -> None:
    rows = [
        Variation(
            project=job.project,
            layer=str(layer),
            form=one.form,
            labels=one.labels,
            unlabelled=one.unlabelled,
            score=one.score,
        )
        for one in counted.variations(MOST_FORMS)
    ]
    with transaction.atomic():
        if finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report={"forms": len(rows)}):
            Variation.objects.filter(project=job.project, layer=str(layer)).delete()
            Variation.objects.bulk_create(rows, batch_size=1_000)
