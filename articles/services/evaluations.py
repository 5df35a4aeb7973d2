"""Engines measured against gold in the background: by hand, and by themselves when there is more of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotator.lib.copying import copy_rows
from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User
from articles.models import Article, Evaluation, Job, Mistake, ProjectEngine
from articles.queries.evaluations.scope import Scope, article_batches, articles_to_measure, due_for_evaluation
from articles.queries.gold.approved import gold_articles
from articles.services.evaluation_bench import Bench, Candidate
from articles.services.jobs.lifecycle import (
    Enqueue,
    claim_job,
    count_progress,
    create_job,
    finish_job,
    start_where_due,
    working_on,
)
from articles.services.runs.running import start_run

MOST_ARTICLES = 2_000
# Of so many evaluations of an engine, the latest ones, the mistakes are kept.
LISTED_EVALUATIONS = 5


def start_evaluation(
    *, project: Project, engines: Sequence[ProjectEngine], by: User | None, enqueue: Enqueue
) -> Job:
    """Queue a measurement of these engines. `enqueue` gets the job's id after the commit.

    Raises Invalid when there is nothing to measure, Refused while another one is at work.
    """
    if not engines:
        raise Invalid(_("Choose at least one engine."))
    gold = gold_articles(project).count()
    if not gold:
        raise Invalid(
            _("No article is gold yet, so there is nothing to measure engines on. Approve some first.")
        )
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if Job.objects.unfinished().filter(project=project, kind=Job.Kind.EVALUATE).exists():
            raise Refused(_("Engines are being measured already. Wait until that has ended, or cancel it."))
        params = {"engines": [one.name for one in engines], "gold": gold}
        job = create_job(
            project=project, kind=Job.Kind.EVALUATE, by=by, total=min(gold, MOST_ARTICLES), params=params
        )
        enqueue(job.pk)
    return job


def evaluate_what_is_due(*, enqueue: Enqueue) -> int:
    """Measure the enabled engines of every project whose gold has grown by a tenth since it was last done, or
    where an engine has learned since. Answers how many jobs were started."""

    def start(project: Project) -> None:
        engines = list(ProjectEngine.objects.filter(project=project, enabled=True).order_by("pk"))
        start_evaluation(project=project, engines=engines, by=None, enqueue=enqueue)

    return start_where_due(due_for_evaluation(), start)


def work_on_evaluation(job_id: int, *, enqueue_run: Enqueue) -> None:
    """Measure engines. Everything is stored at the end, so a job that is killed begins again from the start.
    Afterwards engines that merge read articles again that they read when they knew less (`enqueue_run`)."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job):
        Job.objects.filter(pk=job.pk).update(done=0)
        bench = Bench.of(job)
        if not _measure(job, bench):
            finish_job(job_id=job.pk, state=Job.State.CANCELLED)
            return
        bench.require_something_read()
        _store(job, bench, enqueue_run)


def _measure(job: Job, bench: Bench) -> bool:
    """False if the job was cancelled. Progress is counted in articles of the first round; the second one
    measures the engines that merge."""
    for batch, scope in _batches(job.project):
        bench.measure(batch, scope, merging=False)
        if not count_progress(job_id=job.pk, more=len(batch)):
            return False
    if bench.merging:
        bench.tell_those_that_merge()
        for batch, scope in _batches(job.project):
            bench.measure(batch, scope, merging=True)
            if not count_progress(job_id=job.pk, more=0):
                return False
    return True


def _batches(project: Project) -> Iterator[tuple[list[Article], Scope]]:
    for scope, ids in articles_to_measure(project, most=MOST_ARTICLES):
        for batch in article_batches(ids):
            yield batch, scope


_MISTAKES = """COPY articles_mistake (evaluation_id, article_id, kind, start, "end", label, gold_start,
gold_end, gold_label, confidence) FROM STDIN"""


def _store(job: Job, bench: Bench, enqueue_run: Enqueue) -> None:
    with transaction.atomic():
        if not finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report=_report(bench)):
            return  # somebody else took it up and has done it
        for one in bench.candidates:
            evaluation = Evaluation.objects.create(
                engine=one.row,
                engine_version=one.version,
                learned=one.ready.learned if one.ready else None,
                job=job,
                articles=len(one.evaluated.articles),
                figures=_figures(one, bench),
            )
            copy_rows(_MISTAKES, ((evaluation.pk, *mistake) for mistake in one.mistakes))
            _forget_old_mistakes(one.row)
        for one in bench.merging:
            _merge_anew(one, enqueue_run)


def _merge_anew(one: Candidate, enqueue_run: Enqueue) -> None:
    """Have articles that nobody has begun read again by an engine that merges, where it has read them knowing
    less of the others."""
    old = one.row.layers.exclude(engine_version=one.version)
    waiting = Article.objects.of(one.row.project).untouched().filter(layers__in=old)
    if one.row.enabled and waiting.exists():
        start_run(
            project=one.row.project,
            engines=[one.row],
            article_ids=waiting.values_list("pk", flat=True),
            by=None,
            enqueue=enqueue_run,
            only_untouched=True,
        )


def _figures(one: Candidate, bench: Bench) -> dict[str, Any]:
    return {
        **one.figures,
        "measured_on": bench.measured_on(one),
        "schema_version": bench.schema_version,
        "listed": len(one.mistakes),
        "failed": len(bench.failed),
    }


def _report(bench: Bench) -> dict[str, Any]:
    titles = Article.objects.in_bulk(list(bench.failed)[:100])
    problems = [
        {"article": pk, "title": str(titles[pk]), "reason": reason}
        for pk, reason in bench.failed.items()
        if pk in titles
    ]
    names = [one.row.name for one in bench.candidates]
    return {
        "engines": names,
        "left_out": bench.left_out,
        "failed": len(bench.failed),
        "problems": problems,
    }


def _forget_old_mistakes(engine: ProjectEngine) -> None:
    """Figures are kept for good, the lists of mistakes of the latest evaluations only."""
    old = Evaluation.objects.filter(engine=engine).order_by("-pk")[LISTED_EVALUATIONS:]
    Mistake.objects.filter(evaluation__in=list(old.values_list("pk", flat=True))).delete()
