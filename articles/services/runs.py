"""Pre-annotation: engines read articles in the background, and write one layer each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import F

from annotator.lib.errors import Invalid
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User
from articles.engines.base import EngineError
from articles.models import Job, ProjectEngine, RunItem
from articles.services.engine_layers import write_layers
from articles.services.jobs import (
    Enqueue,
    claim_job,
    count_progress,
    create_job,
    finish_job,
    is_cancelled,
    working_on,
)
from articles.services.readings import Ready, make_ready, read_articles

BATCH_ARTICLES = 32
BATCH_CHARACTERS = 150_000
MAX_TRIES = 3


def start_run(
    *,
    project: Project,
    engines: Sequence[ProjectEngine],
    article_ids: Iterable[int],
    by: User | None,
    enqueue: Enqueue,
) -> Job:
    """Queue a run of these engines over these articles. `enqueue` gets the job's id after the commit."""
    if not engines:
        raise Invalid("Choose at least one engine.")
    ids = sorted(set(article_ids))
    if not ids:
        raise Invalid("No article fits, so there is nothing to pre-annotate.")
    with transaction.atomic():
        names = [engine.name for engine in engines]
        job = create_job(project=project, kind=Job.Kind.RUN, by=by, total=len(ids), params={"engines": names})
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY articles_runitem (job_id, article_id, state, tries, error) FROM STDIN") as copy,
        ):
            for article_id in ids:
                copy.write_row((job.pk, article_id, RunItem.State.PENDING, 0, ""))
        enqueue(job.pk)
    return job


def preannotate_new(
    *, project: Project, article_ids: Sequence[int], by: User | None, enqueue: Enqueue
) -> Job | None:
    """Start a run over articles that have just come in, if the project wants that."""
    engines = list(ProjectEngine.objects.filter(project=project, enabled=True))
    if not (project.preannotate and engines and article_ids):
        return None
    return start_run(project=project, engines=engines, article_ids=article_ids, by=by, enqueue=enqueue)


def work_on_run(job_id: int) -> None:
    """Do what is left of a run, batch by batch. A batch is one transaction: killed in the middle, it is done
    again from its start by whoever comes next, with nothing twice and nothing missing."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job):
        engines = _load_engines(job)
        while not is_cancelled(job.pk):
            items = _take_batch(job)
            if not items:
                _finish(job)
                return
            _annotate_batch(job, engines, items)
        finish_job(job_id=job.pk, state=Job.State.CANCELLED)


def _load_engines(job: Job) -> list[Ready]:
    """The run's engines, ready to work. One that cannot work here is left out and named in the report.

    Raises EngineError when none can.
    """
    labels = published_definition(job.project_id).active_names
    rows = ProjectEngine.objects.filter(project_id=job.project_id, name__in=job.params["engines"])
    loaded: list[Ready] = []
    refused: dict[str, str] = {}
    for row in rows.order_by("pk"):
        try:
            loaded.append(make_ready(row, labels))
        except EngineError as error:
            refused[row.name] = str(error)
    if not loaded:
        raise EngineError(" ".join(refused.values()) or "The engines of this run are gone.")
    Job.objects.filter(pk=job.pk).update(report={"left_out": refused} if refused else {})
    return loaded


def _take_batch(job: Job) -> list[RunItem]:
    """The next pending items, with their try counted before it is made: an article that kills its worker is
    noticed. One that failed before is tried alone, so that it cannot spoil others."""
    pending = RunItem.objects.filter(job=job, state=RunItem.State.PENDING).order_by("tries", "pk")
    items = list(pending.select_related("article").defer("article__search")[:BATCH_ARTICLES])
    if not items:
        return []
    chosen = items[:1] if items[0].tries else _fitting([item for item in items if not item.tries])
    ids = [item.pk for item in chosen]
    if chosen[0].tries >= MAX_TRIES:
        error = chosen[0].error or "The worker died three times at this article."
        RunItem.objects.filter(pk__in=ids).update(state=RunItem.State.FAILED, error=error)
        count_progress(job_id=job.pk, more=1)
        return _take_batch(job)
    RunItem.objects.filter(pk__in=ids).update(tries=F("tries") + 1)
    return chosen


def _fitting(items: list[RunItem]) -> list[RunItem]:
    chosen, characters = list[RunItem](), 0
    for item in items:
        characters += item.article.length
        if chosen and characters > BATCH_CHARACTERS:
            break
        chosen.append(item)
    return chosen


def _annotate_batch(job: Job, engines: list[Ready], items: list[RunItem]) -> None:
    articles = [item.article for item in items]
    try:
        readings = read_articles(engines, articles)
    except Exception as error:  # an engine may be anybody's code
        _remember_failure(items, error)
        return
    with transaction.atomic():
        for one, suggestions in readings:
            write_layers(engine=one.row, version=one.version, articles=articles, suggestions=suggestions)
        RunItem.objects.filter(pk__in=[item.pk for item in items]).update(state=RunItem.State.DONE, error="")
        Job.objects.filter(pk=job.pk).update(done=F("done") + len(items))


def _remember_failure(items: list[RunItem], error: Exception) -> None:
    """The articles stay pending, to be tried one by one, until their tries are used up."""
    reason = str(error) if isinstance(error, EngineError) else f"{type(error).__name__}: {error}"
    RunItem.objects.filter(pk__in=[item.pk for item in items]).update(error=reason[:2000])


def _finish(job: Job) -> None:
    failed = RunItem.objects.filter(job=job, state=RunItem.State.FAILED).select_related("article")
    problems = [
        {"article": item.article_id, "title": str(item.article), "reason": item.error}
        for item in failed[:100]
    ]
    report = {**Job.objects.values_list("report", flat=True).get(pk=job.pk)}
    report |= {"engines": job.params["engines"], "failed": failed.count(), "problems": problems}
    finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report=report)
