from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.jobs import Job

# A worker renews its heartbeat every two seconds; one that missed five of them is taken for dead.
SILENT_AFTER = timedelta(seconds=10)
# A message that nobody has answered for so long is sent again: the broker may have lost it.
CALL_AGAIN_AFTER = timedelta(seconds=15)


class RunWorkerQuerySet(models.QuerySet["RunWorker"]):
    def called(self) -> Self:
        """Those whose message waits until a process is free."""
        return self.filter(heartbeat_at__isnull=True)

    def working(self) -> Self:
        return self.filter(heartbeat_at__isnull=False)

    def silent(self) -> Self:
        return self.filter(heartbeat_at__lt=timezone.now() - SILENT_AFTER)


class RunWorker(models.Model):
    """One of the workers that share a run, for one turn of some seconds.

    It is called by a message that has its id, works as long as its heartbeat does not stop, and is then gone.
    A run calls one worker at a time, so that every free process joins and no other job has to wait behind the
    run.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, related_name="workers")
    called_at = models.DateTimeField(db_default=Now(), editable=False)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[RunWorker]] = RunWorkerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job"], condition=Q(heartbeat_at__isnull=True), name="run_calls_one_worker"
            )
        ]

    def __str__(self) -> str:
        return f"Worker {self.pk} at run {self.job_id}"


class RunItemQuerySet(models.QuerySet["RunItem"]):
    def pending(self) -> Self:
        return self.filter(state=RunItem.State.PENDING)

    def free(self) -> Self:
        """Pending, and in no worker's hands."""
        return self.pending().filter(worker__isnull=True)

    def failed(self) -> Self:
        return self.filter(state=RunItem.State.FAILED)


class RunItem(models.Model):
    """One article of a pre-annotation run. An article that fails three times is set aside."""

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="items")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    worker = models.ForeignKey(
        RunWorker, models.SET_NULL, null=True, blank=True, db_index=False, related_name="items"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[RunItem]] = RunItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "article"], name="run_item_once")]
        indexes = [
            models.Index(
                fields=["job", "tries", "id"],
                condition=Q(state="pending", worker__isnull=True),
                name="run_item_free",
            ),
            models.Index(fields=["worker"], condition=Q(worker__isnull=False), name="run_item_in_hand"),
            models.Index(
                fields=["job", "ended_at"], condition=Q(ended_at__isnull=False), name="run_item_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id} in run {self.job_id}"
