from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from annotator.users.models import Project
from articles.models.articles import Article
from articles.models.decisions import Decision


class GuidelineVersion(models.Model):
    """The guidelines from one change to the next. Rows never change; the highest number counts.

    `labels` has the guidelines of single labels, by name. All texts are Markdown.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="guideline_versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    labels = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="What was changed, and why.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="guideline_version_once")]

    def __str__(self) -> str:
        return f"Guidelines of {self.project}, version {self.number}"


class PrecedentQuerySet(models.QuerySet["Precedent"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Precedent(models.Model):
    """A decided case that is an example in the guidelines.

    Its words are copied, so that it stays when the article is gone. `label` is the right label of the words,
    empty if they have none; `about` is the label under which the example is listed.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="precedents")
    about = models.CharField(max_length=64)
    label = models.CharField(max_length=64, blank=True)
    said = models.JSONField(default=list, help_text="The labels that annotators had given.")
    before = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500)
    after = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="precedents")
    start = models.IntegerField()
    end = models.IntegerField()
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="precedent")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Precedent]] = PrecedentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(start__gte=0, end__gt=F("start")), name="precedent_not_empty"),
            models.CheckConstraint(condition=~Q(about=""), name="precedent_is_about_a_label"),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.label or 'nothing'}"
