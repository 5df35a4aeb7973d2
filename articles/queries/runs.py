"""How a run is getting on: who works at it, how fast, what each engine found, what was set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Job, RunItem, RunWorker
from articles.queries.jobs import Pace, pace_of
from articles.queries.pages import Ordering, Page, page_of

# Long enough that a few large batches fall into it, and short enough to tell what is going on now.
RECENT = timedelta(seconds=15)
FAILURES_A_PAGE = 50


@dataclass(frozen=True)
class RunFigures:
    """`again` counts articles that failed and will be tried again, `suggestions` spans written, by engine."""

    workers: int
    set_aside: int
    again: int
    suggestions: list[tuple[str, int]]


def run_figures(job: Job) -> RunFigures:
    items = RunItem.objects.filter(job=job)
    written = job.report.get("suggestions", {})
    return RunFigures(
        workers=RunWorker.objects.working().filter(job=job).count(),
        set_aside=items.failed().count(),
        again=items.pending().exclude(error="").count(),
        suggestions=[(name, written.get(name, 0)) for name in job.params.get("engines", [])],
    )


def run_pace(job: Job) -> Pace:
    """The pace of a run: over the last seconds while it is at work, over its whole time when it has ended."""
    pace = pace_of(job)
    if job.state == Job.State.PAUSED:
        return replace(pace, per_second=None, remaining=None)
    if job.state != Job.State.RUNNING or job.started_at is None:
        return pace
    now = timezone.now()
    window = min(RECENT, now - job.started_at).total_seconds()
    ended = RunItem.objects.filter(job=job, ended_at__gt=now - RECENT).count()
    speed = ended / window if window >= 0.5 and ended else None
    remaining = max(job.total - job.done, 0) / speed if speed else None
    return replace(pace, per_second=speed, remaining=remaining)


def failures_of(job: Job) -> QuerySet[RunItem]:
    """The articles that were set aside, with what was wrong."""
    failed = RunItem.objects.failed().filter(job=job).select_related("article")
    return failed.defer("article__text", "article__metadata")


def failures_page(job: Job, cursor: str | None, size: int = FAILURES_A_PAGE) -> Page[RunItem]:
    """Raises Invalid for a cursor that is none of ours."""
    return page_of(failures_of(job), Ordering("id"), cursor=cursor, size=size)
