from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Length, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project, User

MAX_TEXT_LENGTH = 1_000_000
# Where an article without a date stands when articles are ordered by date.
UNDATED = Value(date(1, 1, 1), models.DateField())


class Status(models.TextChoices):
    NEW = "new", _("New")
    SUGGESTED = "suggested", _("Suggested")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    GOLD = "gold", _("Gold")


# What has gold, or a draft of it, that a reviewer can look at.
REVIEWABLE = (Status.SUBMITTED, Status.IN_REVIEW, Status.GOLD)


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User) -> Self:
        """Articles of the user's projects; archived articles are nobody's."""
        return self.filter(project__in=Project.objects.visible_to(user), archived_at__isnull=True)

    def of(self, project: Project) -> Self:
        return self.filter(project=project, archived_at__isnull=True)

    def awaiting_review(self) -> Self:
        return self.filter(status__in=(Status.SUBMITTED, Status.IN_REVIEW))

    def with_room(self) -> Self:
        """Unfinished articles that are to have more annotators than they have."""
        return self.filter(has_room=True).exclude(status=Status.GOLD)

    def untouched(self) -> Self:
        """Articles nobody has begun."""
        return self.filter(status__in=(Status.NEW, Status.SUGGESTED))

    def languages(self) -> list[str]:
        """The languages that occur, as their codes."""
        named = self.exclude(language="").order_by("language")
        return list(named.values_list("language", flat=True).distinct())

    def published_between(self, after: date | None, before: date | None) -> Self:
        """Both ends included; None leaves that end open."""
        chosen = self
        if after:
            chosen = chosen.filter(published_on__gte=after)
        if before:
            chosen = chosen.filter(published_on__lte=before)
        return chosen


class Article(models.Model):
    """An immutable text with metadata. A database trigger refuses to change `text`."""

    project = models.ForeignKey(Project, models.PROTECT, db_index=False, related_name="articles")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, editable=False)
    length = models.GeneratedField(
        expression=Length("text"), output_field=models.IntegerField(), db_persist=True
    )
    title = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    dateline = models.CharField(max_length=300, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47 tag.")
    url = models.URLField(max_length=2000, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    metadata = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.NEW, editable=False)
    has_room = models.BooleanField(
        default=True,
        db_default=True,
        editable=False,
        help_text="Whether it is to have more annotators than it has; derived together with the status.",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Article]] = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["project", "id"], name="article_list"),
            models.Index(fields=["project", "status", "id"], name="article_status"),
            models.Index(
                fields=["project", "id"],
                name="article_room",
                condition=Q(has_room=True, archived_at__isnull=True) & ~Q(status="gold"),
            ),
            models.Index("project", Coalesce("published_on", UNDATED), "id", name="article_published"),
            models.Index(fields=["project", "sha256"], name="article_text"),
        ]
        constraints = [
            models.UniqueConstraint(
                # Of those that are archived there may be several: copies that one person works on.
                fields=["project", "external_id", "archived_at"],
                nulls_distinct=False,
                condition=~Q(external_id=""),
                name="article_external_id_once",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known"),
            models.CheckConstraint(
                condition=Q(length__gt=0) & Q(length__lte=MAX_TEXT_LENGTH), name="article_length"
            ),
        ]

    def __str__(self) -> str:
        return title_or_number(self.title, self.pk)


def title_or_number(title: str, number: int) -> str:
    """What an article is called in lists: its title, or its number where it has none."""
    return title or gettext("Article %(number)s") % {"number": number}
