from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project, User
from articles.models.articles import Article
from articles.models.layers import Layer


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def of(self, project: Project) -> Self:
        """The project's exercises that can be worked on: their article is not archived, and its gold is
        approved."""
        approved = Layer.objects.gold().filter(approved_at__isnull=False).values("article")
        return self.filter(
            article__project=project,
            article__archived_at__isnull=True,
            article__in=approved,
            retired_at__isnull=True,
        )


class Exercise(models.Model):
    """An article with approved gold on which annotators practise or are tested. The article itself is never
    touched: each attempt has a copy of its text."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        TEST = "test", _("Test")

    article = models.OneToOneField(Article, models.PROTECT, related_name="exercise")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    note = models.TextField(blank=True, max_length=5_000, help_text="Explains the answers.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Exercise]] = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("practice", "test")), name="exercise_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} on article {self.article_id}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def counting(self) -> Self:
        """Without those that gave way to another try."""
        return self.filter(set_aside_at__isnull=True)


class Attempt(models.Model):
    """One person's attempt at an exercise, on a copy of the article in the project's hidden training project.

    The scores are F1 from 0 to 1 at the time of handing in. `exact` counts entities with the same bounds and
    label, `overlap` those that overlap and have the same label, `labels` the labels of the article.
    `relations` and `attributes` are None where neither the answer nor gold has any.
    """

    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="attempts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    copy = models.OneToOneField(Article, models.PROTECT, related_name="attempt")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    graded_at = models.DateTimeField(null=True, blank=True)
    exact = models.FloatField(null=True, blank=True)
    overlap = models.FloatField(null=True, blank=True)
    labels = models.FloatField(null=True, blank=True)
    relations = models.FloatField(null=True, blank=True)
    attributes = models.FloatField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Attempt]] = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "user"], condition=Q(set_aside_at__isnull=True), name="attempt_one_counts"
            ),
            models.CheckConstraint(
                name="attempt_graded_with_scores",
                condition=Q(
                    graded_at__isnull=True,
                    exact__isnull=True,
                    overlap__isnull=True,
                    labels__isnull=True,
                    relations__isnull=True,
                    attributes__isnull=True,
                )
                | Q(
                    graded_at__isnull=False,
                    exact__range=(0, 1),
                    overlap__range=(0, 1),
                    labels__range=(0, 1),
                ),
            ),
            models.CheckConstraint(
                name="attempt_links_scored_from_0_to_1",
                condition=(Q(relations__isnull=True) | Q(relations__range=(0, 1)))
                & (Q(attributes__isnull=True) | Q(attributes__range=(0, 1))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.exercise}"


class Clearance(models.Model):
    """Allows somebody to do real work: they passed the exercises, or a manager (`by`) let them through. It
    stays when the project asks for more later."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="clearances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="clearances")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="clearance_once")]

    def __str__(self) -> str:
        return f"{self.user} may work in {self.project}"
