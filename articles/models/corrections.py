from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project, User
from articles.models.articles import Article
from articles.models.layers import Layer, Span


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at__isnull=True)


class Correction(models.Model):
    """The corrected text of an article: `article`, which has it, replaces the article `corrected`.

    Each version of a text is an article of its own, so that an offset into it stays right for ever, wherever
    it is kept. `number` is the version that the correction made; the first text is version 1. The old article
    is archived, with its layers as they were. When the correction is undone, the new article is archived
    instead.
    """

    article = models.OneToOneField(Article, models.PROTECT, related_name="correction")
    corrected = models.ForeignKey(Article, models.PROTECT, related_name="corrections", db_index=False)
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Correction]] = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["corrected"], name="correction_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["corrected"], condition=Q(undone_at__isnull=True), name="correction_one_stands"
            ),
            models.CheckConstraint(
                condition=~Q(article=F("corrected")) & Q(number__gte=2), name="correction_makes_a_version"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="correction_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.article}"


class CorrectionTodoQuerySet(models.QuerySet["CorrectionTodo"]):
    def of(self, project: Project) -> Self:
        return self.filter(layer__article__project=project)

    def open(self) -> Self:
        """Those that nobody has settled, neither by an answer nor by an edit of the span."""
        same = {name: OuterRef(name) for name in ("layer", "start", "end", "label")}
        as_it_was = Exists(Span.objects.filter(pk=OuterRef("span"), **same))
        rows = self.filter(settled_at__isnull=True, layer__article__archived_at__isnull=True)
        return rows.filter(Q(span__isnull=True) | as_it_was)

    def for_caller(self, user: User, *, reviews: bool) -> Self:
        """Of the user's own layers, and of gold for those who review."""
        mine = Q(layer__kind=Layer.Kind.USER, layer__user=user)
        return self.filter(mine | Q(layer__kind=Layer.Kind.GOLD) if reviews else mine)


class CorrectionTodo(models.Model):
    """A place in a corrected text that somebody has to look at, in one layer.

    `span` is a doubtful span, which is at `[start, end)` of the new text, in code points. For a lost span
    there is none, and `[start, end)` is empty at the place where it would be; `was_start` and `was_end` say
    where it was in the old text. For new words there is neither a span nor a place in the old text.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Its words have changed")
        SHORTENED = "shortened", _("Some of its words are gone")
        MOVED = "moved", _("Its words stand elsewhere now")
        LOST = "lost", _("Its words are gone")
        NEW = "new", _("New words")

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="todos", db_index=False)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="correction_todos")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    span = models.UUIDField(null=True, blank=True)
    label = models.CharField(max_length=64, blank=True)
    start = models.IntegerField()
    end = models.IntegerField()
    was_start = models.IntegerField(null=True, blank=True)
    was_end = models.IntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager[CorrectionTodo]] = CorrectionTodoQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["layer", "id"], condition=Q(settled_at__isnull=True), name="correction_queue"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__gte=0, end__gte=F("start")), name="correction_todo_place"
            ),
            models.CheckConstraint(
                condition=Q(kind="new", label="", span__isnull=True, was_start__isnull=True)
                | Q(kind="lost", span__isnull=True, was_start__isnull=False)
                | Q(kind__in=("changed", "shortened", "moved"), span__isnull=False, was_start__isnull=False),
                name="correction_todo_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.start}-{self.end}"
