from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Membership, Project, User
from articles.models.articles import Article


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def readable(self) -> Self:
        """About projects that exist and whose member the person still is, and about articles that exist."""
        member = Membership.objects.filter(project=OuterRef("project"), user=OuterRef("user"))
        return self.filter(
            Exists(member) | Q(user__is_superuser=True),
            article__archived_at__isnull=True,
            project__deleted_at__isnull=True,
        )

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def with_names(self) -> Self:
        """With all that their sentences name, and no article's text."""
        rows = self.select_related("project", "article", "by")
        return rows.defer("article__text", "article__metadata")

    def unmailed(self) -> Self:
        """What the next digest contains: neither read on a page nor mailed before."""
        return self.unread().filter(mailed_at__isnull=True)


class Notification(models.Model):
    """Something that happened and that one person should know. `data` has the parts of its sentence."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("Articles were given to you")
        SENT_BACK = "sent_back", _("An article came back to you")
        MENTIONED = "mentioned", _("Somebody mentioned you")
        CORRECTED = "corrected", _("The text of an article was corrected")
        RELEASED = "released", _("A release is ready")
        WEBHOOK_STOPPED = "webhook_stopped", _("A webhook was switched off")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=100, help_text="What it is about: nobody is told of it twice.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Notification]] = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="notification_once"),
            models.CheckConstraint(condition=~Q(key=""), name="notification_has_a_key"),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_list"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"
