"""How a job is getting on, in figures and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext

from annotator.users.models import Project
from annotator.users.permissions import Permission
from articles.access.caller import Caller
from articles.models import Import, Job
from articles.models.jobs import STALE_AFTER, JobQuerySet

UNCLAIMED_AFTER = timedelta(seconds=20)


@dataclass(frozen=True)
class Pace:
    """`per_second` and `remaining` (seconds) are None while nothing can be said; `worry` is a sentence or
    empty."""

    percent: int
    per_second: float | None
    remaining: float | None
    worry: str

    @property
    def words(self) -> str:
        """Such as "12 a second, about 3 minutes left"."""
        parts = []
        if self.per_second:
            parts.append(_speed(self.per_second))
        if self.remaining is not None:
            parts.append(gettext("about %(duration)s left") % {"duration": duration(self.remaining)})
        return ", ".join(parts)


def pace_of(job: Job, *, now: datetime | None = None) -> Pace:
    now = now or timezone.now()
    percent = min(100, job.done * 100 // job.total) if job.total else 100 * (job.state == Job.State.SUCCEEDED)
    speed = _per_second(job, now)
    running = job.state == Job.State.RUNNING
    remaining = max(job.total - job.done, 0) / speed if speed and running and job.total else None
    return Pace(percent, speed, remaining, _worry(job, now))


def duration(seconds: float) -> str:
    """Roughly how long, in words."""
    if seconds < 90:
        return gettext("%(count)s s") % {"count": max(1, round(seconds))}
    if seconds < 90 * 60:
        return gettext("%(count)s min") % {"count": round(seconds / 60)}
    return gettext("%(count)s h") % {"count": round(seconds / 3600)}


def _per_second(job: Job, now: datetime) -> float | None:
    """Over the whole time since the start, pauses between two workers included."""
    if job.started_at is None or not job.done or job.state in (Job.State.FAILED, Job.State.CANCELLED):
        return None
    seconds = ((job.finished_at or now) - job.started_at).total_seconds()
    return job.done / seconds if seconds >= 0.05 else None


def _speed(per_second: float) -> str:
    if per_second >= 1:
        figure = number_format(per_second, 0 if per_second >= 10 else 1, force_grouping=True)
        return gettext("%(count)s a second") % {"count": figure}
    return gettext("%(count)s a minute") % {"count": number_format(per_second * 60, 1)}


def _worry(job: Job, now: datetime) -> str:
    if job.state == Job.State.QUEUED and job.heartbeat_at is None:
        waiting = now - job.created_at
        if waiting > UNCLAIMED_AFTER:
            ago = duration(waiting.total_seconds())
            return gettext("No worker has picked this up for %(ago)s. Is the worker running?") % {"ago": ago}
    if job.state == Job.State.RUNNING and job.heartbeat_at and now - job.heartbeat_at > STALE_AFTER:
        ago = duration((now - job.heartbeat_at).total_seconds())
        return gettext(
            "Its worker has been silent for %(ago)s. Another worker will take it up; is one running?"
        ) % {"ago": ago}
    return ""


def jobs_of(caller: Caller) -> JobQuerySet:
    """The project's jobs, as far as the caller may know of them."""
    rows = Job.objects.filter(project=caller.project)
    sees_all = caller.may(Permission.VIEW_ALL_LAYERS)
    return rows.told_to(caller.user, sees_all=sees_all).select_related("created_by")


def inspections_of(upload: Import) -> JobQuerySet:
    """The jobs that look or looked through an upload, the newest first."""
    return Job.objects.filter(project=upload.project_id, kind=Job.Kind.INSPECT, params__import=upload.pk)


def upload_of(job: Job) -> Import | None:
    """The upload that a job imports or looks through."""
    if job.kind == Job.Kind.INSPECT:
        return Import.objects.filter(pk=job.params["import"]).first()
    return Import.objects.filter(job=job).first()


def uploads_waiting(project: Project) -> QuerySet[Import]:
    """Uploads that nobody has confirmed yet, the newest first."""
    rows = Import.objects.filter(project=project, job__isnull=True)
    return rows.select_related("created_by", "file").defer("preview")
