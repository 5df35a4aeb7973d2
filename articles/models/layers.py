from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotator.users.models import User
from articles.models.articles import Article
from articles.models.engines import ProjectEngine


class LayerQuerySet(models.QuerySet["Layer"]):
    def gold(self) -> Self:
        return self.filter(kind=Layer.Kind.GOLD)

    def by_people(self) -> Self:
        return self.filter(kind=Layer.Kind.USER)

    def by_engines(self) -> Self:
        return self.filter(kind=Layer.Kind.ENGINE)

    def by_user(self, user: User) -> Self:
        return self.filter(kind=Layer.Kind.USER, user=user)


class Layer(models.Model):
    """One author's reading of one article. `version` grows by one with every applied edit."""

    class Kind(models.TextChoices):
        USER = "user", _("Annotator")
        ENGINE = "engine", _("Engine")
        GOLD = "gold", _("Gold")

    article = models.ForeignKey(Article, models.PROTECT, related_name="layers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="layers"
    )
    engine = models.ForeignKey(ProjectEngine, models.PROTECT, null=True, blank=True, related_name="layers")
    engine_version = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True, help_text="The first edit by a person.")
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="layers_approved"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    superseded_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Since the text was corrected, the work goes on in a layer of the new text.",
    )

    objects: ClassVar[models.Manager[Layer]] = LayerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"], condition=Q(kind="user"), name="layer_once_a_user"
            ),
            models.UniqueConstraint(
                fields=["article", "engine"], condition=Q(kind="engine"), name="layer_once_an_engine"
            ),
            models.UniqueConstraint(fields=["article"], condition=Q(kind="gold"), name="layer_one_gold"),
            models.CheckConstraint(
                name="layer_has_its_author",
                condition=Q(kind="user", user__isnull=False, engine__isnull=True)
                | Q(kind="engine", user__isnull=True, engine__isnull=False)
                | Q(kind="gold", user__isnull=True, engine__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Layer {self.pk} ({self.kind}) of article {self.article_id}"

    @property
    def author(self) -> str:
        """`user:NAME`, `engine:NAME` or `gold`."""
        if self.user:
            return f"user:{self.user.username}"
        return f"engine:{self.engine.name}" if self.engine else "gold"


class Span(models.Model):
    """A labelled stretch `[start, end)`, in code points.

    Triggers make sure that its layer exists and that it lies inside the article's text. They check all rows
    of a statement in one join; a foreign key checks each row by itself, which would take a quarter of the
    time of an import.
    """

    id = models.UUIDField(primary_key=True)
    layer = models.ForeignKey(
        Layer, models.CASCADE, related_name="spans", db_index=False, db_constraint=False
    )
    start = models.IntegerField()
    end = models.IntegerField()
    label = models.CharField(max_length=64)
    fragments = models.JSONField(default=list, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    suggestion = models.UUIDField(null=True, blank=True, help_text="The suggestion it was accepted from.")
    sources = models.JSONField(null=True, blank=True, help_text="The engines it was merged from.")

    class Meta:
        indexes = [models.Index(fields=["layer", "start"], name="span_of_layer")]
        constraints = [
            models.CheckConstraint(condition=Q(start__gte=0, end__gt=F("start")), name="span_not_empty"),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=0, confidence__lte=1),
                name="span_confidence_0_to_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.start}-{self.end}"


class Relation(models.Model):
    """A typed, directed link between two spans of one layer."""

    id = models.UUIDField(primary_key=True)
    layer = models.ForeignKey(Layer, models.CASCADE, related_name="relations")
    type = models.CharField(max_length=64)
    source = models.ForeignKey(Span, models.CASCADE, related_name="+")
    target = models.ForeignKey(Span, models.CASCADE, related_name="+")
    attributes = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_between_two_spans"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.source_id} -> {self.target_id}"


class LayerLabel(models.Model):
    """A label of the article as a whole, in one layer."""

    layer = models.ForeignKey(Layer, models.CASCADE, related_name="labels", db_index=False)
    name = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["layer", "name"], name="layer_label_once")]

    def __str__(self) -> str:
        return self.name


class Rejection(models.Model):
    """A suggestion that the layer's author does not want to see again, from whichever engine."""

    layer = models.ForeignKey(Layer, models.CASCADE, related_name="rejections", db_index=False)
    start = models.IntegerField()
    end = models.IntegerField()
    label = models.CharField(max_length=64)
    suggestion = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layer", "start", "end", "label"], name="rejection_once")
        ]

    def __str__(self) -> str:
        return f"not {self.label} {self.start}-{self.end}"
