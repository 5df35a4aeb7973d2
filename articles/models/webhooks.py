from __future__ import annotations

from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project


class Event(models.TextChoices):
    """What programs can be told of."""

    SUBMITTED = "article.submitted", _("An article was submitted")
    SENT_BACK = "article.sent_back", _("An article was sent back")
    APPROVED = "article.approved", _("An article became gold")
    CORRECTED = "article.corrected", _("The text of an article was corrected")
    RELEASED = "release.published", _("A release is ready")
    JOB_ENDED = "job.ended", _("A job has ended")


class Webhook(models.Model):
    """An address to which a project's events are sent. The secret for the signature is stored encrypted."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="webhooks")
    url = models.URLField(max_length=2000)
    events = ArrayField(models.CharField(max_length=32, choices=Event.choices), size=len(Event.values))
    secret = models.TextField(help_text="Encrypted.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    stopped_at = models.DateTimeField(
        null=True, blank=True, help_text="Switched off, by a person or because nothing arrived for days."
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(events=[]), name="webhook_has_events")]

    def __str__(self) -> str:
        return self.url

    @property
    def is_active(self) -> bool:
        return self.stopped_at is None and self.removed_at is None


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(state=Delivery.State.WAITING)


class Delivery(models.Model):
    """One message to one address, kept as a log. Its id is the id of the message, by which a receiver notices
    one that comes twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")

    id = models.UUIDField(primary_key=True, default=uuid4)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=32)
    body = models.JSONField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_default=Now())
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer, by HTTP.")
    answer = models.CharField(max_length=500, blank=True, help_text="Its beginning, or why there is none.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Delivery]] = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["webhook", "-created_at"], name="delivery_log"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="delivery_ended_or_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.webhook}"
