"""How many projects fare, at a glance: each figure is one subquery of the same statement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest, JSONObject
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotator.users.models import AuditEntry, Project
from articles.engines.base import EngineError
from articles.engines.registry import engine_class
from articles.models import Assignment, Job, ProjectEngine, Release
from articles.models.jobs import STALE_AFTER

# A failure is news for a week; work that has not begun after so long waits for a worker, or for a person.
NEWS_FOR = timedelta(days=7)
STUCK_AFTER = timedelta(minutes=10)


def with_health(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with `failed_jobs`, `stuck_jobs`, `overdue` assignments, `engine_kinds`, `release_bytes` and
    `active_at`. Where there is nothing the figure is None, the kinds an empty list."""
    now = timezone.now()
    jobs = Job.objects.filter(project=OuterRef("pk")).order_by()
    failed = jobs.filter(state=Job.State.FAILED, finished_at__gt=now - NEWS_FOR)
    claims = Assignment.objects.unfinished().filter(article__project=OuterRef("pk")).order_by()
    used = ProjectEngine.objects.filter(project=OuterRef("pk"), enabled=True).order_by("pk")
    releases = Release.objects.filter(project=OuterRef("pk")).order_by()
    done = AuditEntry.objects.filter(project=OuterRef("pk")).order_by()
    touched = Assignment.objects.filter(article__project=OuterRef("pk")).order_by()
    return projects.annotate(
        failed_jobs=_figure(failed, "project", Count("pk")),
        stuck_jobs=_figure(jobs.filter(_stuck()), "project", Count("pk")),
        overdue=_figure(claims.filter(due_on__lt=timezone.localdate()), "article__project", Count("pk")),
        engine_kinds=ArraySubquery(used.values(both=JSONObject(name="name", kind="kind"))),
        release_bytes=_figure(releases, "project", Sum("file__size")),
        active_at=Greatest(
            Coalesce(_figure(touched, "article__project", Max("touched_at")), F("created_at")),
            Coalesce(_figure(done, "project", Max("at")), F("created_at")),
        ),
    )


def worries_of(project: Any) -> list[str]:
    """Sentences about what somebody should look at, of a project `with_health`; none when all is well."""
    failed, stuck, overdue = project.failed_jobs or 0, project.stuck_jobs or 0, project.overdue or 0
    counted = [
        (failed, ngettext("%(n)s job failed this week", "%(n)s jobs failed this week", failed)),
        (stuck, ngettext("%(n)s job does not get on", "%(n)s jobs do not get on", stuck)),
        (overdue, ngettext("%(n)s assignment is overdue", "%(n)s assignments are overdue", overdue)),
    ]
    broken = [one["name"] for one in project.engine_kinds if _cannot_load(one["kind"])]
    words = [sentence % {"n": n} for n, sentence in counted if n]
    return words + [_("the engine %(name)s cannot load") % {"name": name} for name in broken]


def storage_words(project: Any) -> str:
    return str(filesizeformat(project.release_bytes)) if project.release_bytes else "-"


def _stuck() -> Q:
    """Waiting for long, running without a heartbeat, or paused until a person helps."""
    now = timezone.now()
    waits = Q(state=Job.State.QUEUED, created_at__lt=now - STUCK_AFTER, started_at__isnull=True)
    silent = Q(state=Job.State.RUNNING, heartbeat_at__lt=now - max(STUCK_AFTER, STALE_AFTER))
    helpless = Q(state=Job.State.PAUSED, resume_at__isnull=True) & ~Q(error="")
    return waits | silent | helpless


def _figure(rows: QuerySet[Any], project: str, figure: Any) -> Subquery:
    return Subquery(rows.values(project).annotate(figure=figure).values("figure"))


def _cannot_load(kind: str) -> bool:
    try:
        return bool(engine_class(kind).unavailable_because())
    except EngineError:
        return True
