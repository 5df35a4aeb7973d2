from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project, User

# A worker renews its heartbeat every two seconds; a job that missed seven of them has lost its worker.
STALE_AFTER = timedelta(seconds=15)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user))

    def told_to(self, user: User, *, sees_all: bool) -> Self:
        """Jobs that the user may read about. Those of others that show people's readings are only for who
        sees all of these."""
        return self if sees_all else self.filter(~Q(kind__in=ABOUT_READINGS) | Q(created_by=user))

    def unfinished(self) -> Self:
        return self.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING, Job.State.PAUSED))

    def at_work(self) -> Self:
        """Running, or to be taken up by the next free worker."""
        return self.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING))

    def claimable(self) -> Self:
        """Queued, or running on a worker that has gone silent. Runs are left out, because many workers share
        one: see RunWorker."""
        silent = timezone.now() - STALE_AFTER
        free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, heartbeat_at__lt=silent)
        return self.exclude(kind=Job.Kind.RUN).filter(free)

    def stale(self) -> Self:
        """Those whose message may have been lost with the broker, or whose worker has died."""
        silent = timezone.now() - STALE_AFTER
        return self.claimable().filter(
            Q(state=Job.State.RUNNING) | Q(created_at__lt=silent, state=Job.State.QUEUED)
        )


class Job(models.Model):
    """A piece of work in the background. What is to be done is in this row, not in the message broker."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("Import")
        INSPECT = "inspect", _("Look through an upload")
        RUN = "run", _("Pre-annotation")
        RELEASE = "release", _("Release")
        TWINS = "twins", _("Find near-duplicates")
        TRAIN = "train", _("Training")
        EVALUATE = "evaluate", _("Evaluation")
        RANK = "rank", _("Order the queue")
        DOUBTS = "doubts", _("Look for errors")
        SCHEMA = "schema", _("Schema change")
        BULK = "bulk", _("Bulk edit")
        CONSISTENCY = "consistency", _("Count labels")
        ROOMS = "rooms", _("Annotators per article")

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        SUCCEEDED = "succeeded", _("Succeeded")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    project = models.ForeignKey(Project, models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    params = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0, help_text="A run counts those since its last progress.")
    cancel_asked = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    resume_at = models.DateTimeField(null=True, blank=True, help_text="When a pause ends by itself.")

    objects: ClassVar[models.Manager[Job]] = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["heartbeat_at"], condition=Q(state__in=("queued", "running")), name="job_unfinished"
            )
        ]
        constraints = [models.CheckConstraint(condition=Q(done__gte=0), name="job_done_counts")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.state in (Job.State.SUCCEEDED, Job.State.FAILED, Job.State.CANCELLED)


# Their figures are of what people labelled, to which annotators are blind.
ABOUT_READINGS = (
    Job.Kind.BULK,
    Job.Kind.CONSISTENCY,
    Job.Kind.DOUBTS,
    Job.Kind.EVALUATE,
    Job.Kind.SCHEMA,
)
