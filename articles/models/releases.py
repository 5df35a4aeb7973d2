from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext

from annotator.users.models import Project, User
from articles.models.files import StoredFile
from articles.models.jobs import Job


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user))

    def published(self) -> Self:
        return self.filter(file__isnull=False)


class Release(models.Model):
    """A numbered, frozen export. Once its file is there, a trigger refuses every change.

    `query` is what was asked for (layer, filters, format, options, splits, seed), so that the same can be
    asked for again. `manifest` describes the result (schema version, counts, agreement, each file's
    checksum).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True, max_length=10_000)
    query = models.JSONField(default=dict)
    manifest = models.JSONField(default=dict)
    card = models.TextField(blank=True, help_text="The dataset card, in Markdown.")
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="release")
    job = models.OneToOneField(Job, models.PROTECT, related_name="release")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="releases")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Release]] = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="release_number_once"),
            models.CheckConstraint(
                name="release_published_with_its_file",
                condition=Q(file__isnull=True, published_at__isnull=True)
                | Q(file__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Release %(number)s") % {"number": self.number}


class ReleaseArticle(models.Model):
    """An article in a release: the part it is in, and a digest of its text, metadata and layer. The
    differences between two releases are computed from these."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="articles", db_index=False)
    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="+")
    part = models.CharField(max_length=16, blank=True)
    digest = models.BinaryField()
    labels = models.JSONField(default=dict, help_text="How many spans of each label.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "article"], name="release_article_once")]

    def __str__(self) -> str:
        return f"Article {self.article_id} in release {self.release_id}"
