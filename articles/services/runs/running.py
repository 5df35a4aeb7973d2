"""Pre-annotation: engines read articles in the background, and write one layer each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User, Verb
from annotator.users.services.audit import record
from articles.engines.registry import holding_kinds, merging_kinds
from articles.models import Job, ProjectEngine, RunItem, RunWorker
from articles.queries.engines.cards import reading_engines
from articles.services.jobs.lifecycle import Enqueue, create_job
from articles.services.jobs.run_items import give_new_tries
from articles.services.jobs.run_workers import bury_silent_workers, dismiss_workers
from articles.services.notifications.webhooks import announce_job

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
RESUMED_BY_ITSELF = 10


def start_run(
    *,
    project: Project,
    engines: Sequence[ProjectEngine],
    article_ids: Iterable[int],
    by: User | None,
    enqueue: Enqueue,
    only_untouched: bool = False,
    chosen_by: Mapping[str, str] | None = None,
) -> Job:
    """Queue a run of these engines over these articles. `enqueue` gets the job's id after the commit.

    Engines that only hold what comes from elsewhere are left out. Enabled engines that merge the others are
    added, because their layers would be out of date. With `only_untouched` the suggestions of an article that
    somebody begins meanwhile stay as they were. `chosen_by` is how the articles were chosen, kept so that the
    run can be started again.
    """
    engines = [one for one in engines if one.kind not in holding_kinds()]
    if not engines:
        raise Invalid(_("Choose at least one engine."))
    ids = sorted(set(article_ids))
    if not ids:
        raise Invalid(_("No article fits, so there is nothing to pre-annotate."))
    with transaction.atomic():
        names = [engine.name for engine in _with_merging(project, engines)]
        params = {"engines": names, "only_untouched": only_untouched, "chosen_by": dict(chosen_by or {})}
        job = create_job(project=project, kind=Job.Kind.RUN, by=by, total=len(ids), params=params)
        _store_items(job, ids)
        record(Verb.RUN_STARTED, by=by, project=project, about=job, engines=names, articles=len(ids))
        enqueue(job.pk)
    return job


def _store_items(job: Job, article_ids: Iterable[int]) -> None:
    copied = "COPY articles_runitem (job_id, article_id, state, tries, error) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copied) as copy:
        for article_id in article_ids:
            copy.write_row((job.pk, article_id, RunItem.State.PENDING, 0, ""))


def _with_merging(project: Project, engines: Sequence[ProjectEngine]) -> list[ProjectEngine]:
    merging = ProjectEngine.objects.filter(project=project, enabled=True, kind__in=merging_kinds())
    return [*engines, *merging.exclude(pk__in=[one.pk for one in engines])]


def preannotate_new(
    *, project: Project, article_ids: Sequence[int], by: User | None, enqueue: Enqueue
) -> Job | None:
    """Start a run over articles that have just come in, if the project wants that."""
    engines = reading_engines(project)
    if not (project.preannotate and engines and article_ids):
        return None
    return start_run(project=project, engines=engines, article_ids=article_ids, by=by, enqueue=enqueue)


def pause_run(*, job: Job) -> None:
    """Have a run's workers stop after their present batch, until it is resumed. Raises Refused."""
    if job.kind != Job.Kind.RUN:
        raise Refused(
            _("Only pre-annotation can pause. %(job)s is done in one piece: let it end, or cancel it.")
            % {"job": job}
        )
    if not _pause(job.pk):
        raise Refused(_("This run is not at work, so there is nothing to pause."))


def pause_for_a_while(*, job: Job, reason: str, may_pass: bool = True) -> None:
    """Pause a run because something that its engines need is away: for half a minute, and for twice as long
    each time that nothing could be done in between. After some hours it waits for a person; at once, where
    only a person can help (`may_pass` is False)."""
    tried = Job.objects.values_list("attempts", flat=True).get(pk=job.pk)
    wait = min(FIRST_WAIT * 2**tried, LONGEST_WAIT) if may_pass and tried < RESUMED_BY_ITSELF else None
    if _pause(job.pk, reason=reason, resume_at=timezone.now() + wait if wait else None):
        Job.objects.filter(pk=job.pk).update(attempts=F("attempts") + 1)


def _pause(job_id: int, *, reason: str = "", resume_at: datetime | None = None) -> bool:
    with transaction.atomic():
        RunWorker.objects.called().filter(job=job_id).delete()  # workers' rows are locked before the job's
        at_work = Job.objects.at_work().filter(pk=job_id)
        return at_work.update(state=Job.State.PAUSED, error=reason[:2000], resume_at=resume_at) == 1


def resume_run(*, job: Job, enqueue: Enqueue) -> None:
    """Let a paused run go on. Raises Refused."""
    paused = Job.objects.filter(pk=job.pk, state=Job.State.PAUSED)
    if not paused.update(state=Job.State.QUEUED, error="", resume_at=None):
        raise Refused(_("This job is not paused."))
    enqueue(job.pk)


def retry_articles(*, job: Job, article_ids: Sequence[int] | None = None, enqueue: Enqueue) -> int:
    """Give articles that were set aside three new tries: these, or all; how many there were.

    A run that has ended is taken up again. Raises Refused for one that was cancelled or given up.
    """
    failed = RunItem.objects.failed().filter(job=job)
    if article_ids is not None:
        failed = failed.filter(article__in=article_ids)
    with transaction.atomic():
        state = Job.objects.select_for_update(no_key=True).get(pk=job.pk).state
        if state in (Job.State.CANCELLED, Job.State.FAILED):
            raise Refused(_("This run was stopped. Take it up as a whole with Retry."))
        again = give_new_tries(failed, job_id=job.pk)
        if again and state == Job.State.SUCCEEDED:
            Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, finished_at=None)
    if again and state != Job.State.PAUSED:
        enqueue(job.pk)
    return again


def end_run(job_id: int) -> None:
    """End a run of which nothing is left to do; whoever comes second changes nothing."""
    pending = RunItem.objects.pending().filter(job=job_id)
    with transaction.atomic():
        over = Job.objects.filter(~Exists(pending), pk=job_id, state=Job.State.RUNNING)
        ended = over.update(state=Job.State.SUCCEEDED, finished_at=Now())
        if not ended:
            return
        dismiss_workers(job_id)
        job = Job.objects.get(pk=job_id)
        job.report |= {"engines": job.params["engines"], **_failures(job)}
        job.save(update_fields=["report"])
        announce_job(job_id)


def _failures(job: Job) -> dict[str, Any]:
    failed = RunItem.objects.failed().filter(job=job).select_related("article").order_by("pk")
    problems = [
        {"article": item.article_id, "title": str(item.article), "reason": item.error}
        for item in failed.defer("article__text")[:100]
    ]
    return {"failed": failed.count(), "problems": problems}


def resume_runs(*, enqueue: Callable[[Job], object]) -> int:
    """Call workers to runs that lost theirs, or the message that called them; end pauses that are over."""
    bury_silent_workers()
    due = Job.objects.filter(state=Job.State.PAUSED, resume_at__lte=timezone.now())
    due.update(state=Job.State.QUEUED, error="", resume_at=None)
    free = RunItem.objects.free().filter(job=OuterRef("pk"))
    at_it = RunWorker.objects.working().filter(job=OuterRef("pk"))
    runs = Job.objects.at_work().filter(kind=Job.Kind.RUN)
    wanting = list(runs.filter(Exists(free) | ~Exists(at_it)))
    for job in wanting:
        enqueue(job)
    return len(wanting)
