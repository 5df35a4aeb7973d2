from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Now

from annotator.schemas.models import SchemaVersion
from annotator.users.models import Project, User
from articles.models.jobs import Job
from articles.models.layers import Layer, Span


class SchemaChangeQuerySet(models.QuerySet["SchemaChange"]):
    def drafts(self) -> Self:
        return self.filter(job__isnull=True)

    def made(self) -> Self:
        """Those that were published, even if not all layers are carried over yet."""
        return self.filter(job__isnull=False)

    def at_work(self) -> Self:
        """Published, with layers that may still be as before."""
        return self.made().exclude(job__state=Job.State.SUCCEEDED)


class SchemaChange(models.Model):
    """A change of a project's label schema together with everything that is labelled.

    It is a draft first, then it is published and carried out by a job, article by article. One that `undoes`
    another reverses that one's edits. `plan` is that of `articles.domain.schema_changes.plan` as JSON;
    `reached` is the last article that was carried over.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="schema_changes")
    plan = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    before = models.ForeignKey(SchemaVersion, models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey(SchemaVersion, models.PROTECT, null=True, blank=True, related_name="+")
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="schema_change")
    reached = models.BigIntegerField(default=0, db_default=0)
    engines = models.JSONField(
        default=dict, blank=True, help_text="Settings of engines as they were, by the engine's id."
    )
    notes = models.JSONField(default=list, blank=True, help_text="What was done besides, in sentences.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="schema_changes")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[SchemaChange]] = SchemaChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(job__isnull=True), name="schema_change_one_draft"
            ),
            models.CheckConstraint(
                name="schema_change_published_with_its_job",
                condition=Q(
                    job__isnull=True, before__isnull=True, after__isnull=True, published_at__isnull=True
                )
                | Q(job__isnull=False, before__isnull=False, after__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Schema change {self.pk}"


class SchemaTodoQuerySet(models.QuerySet["SchemaTodo"]):
    def open(self) -> Self:
        """Those that nobody has settled, neither by an answer nor by an edit of the span."""
        value = Func(F("attributes"), OuterRef("attribute"), template="%(expressions)s", arg_joiner=" ->> ")
        spans = Span.objects.filter(pk=OuterRef("span"), layer=OuterRef("layer"))
        undecided = Exists(spans.filter(label=OuterRef("label")))
        lacking = Exists(
            spans.annotate(value=Coalesce(value, Value(""), output_field=models.TextField())).filter(value="")
        )
        rows = self.filter(settled_at__isnull=True, change__undone_by__isnull=True)
        return rows.filter(
            Q(attribute="") & undecided | ~Q(attribute="") & lacking, layer__article__archived_at__isnull=True
        )

    def for_caller(self, user: User, *, reviews: bool) -> Self:
        """Of the user's own layers, and of gold for those who review."""
        mine = Q(layer__kind=Layer.Kind.USER, layer__user=user)
        return self.filter(mine | Q(layer__kind=Layer.Kind.GOLD) if reviews else mine)


class SchemaTodo(models.Model):
    """A span about which a schema change asks people: whether its label is `label` or another one, or what
    the value of its `attribute` is."""

    change = models.ForeignKey(SchemaChange, models.PROTECT, related_name="todos", db_index=False)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="+")
    span = models.UUIDField()
    label = models.CharField(max_length=64)
    attribute = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager[SchemaTodo]] = SchemaTodoQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["change", "id"], condition=Q(settled_at__isnull=True), name="schema_todo_queue"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["change", "layer", "span", "attribute"], name="schema_todo_once")
        ]

    def __str__(self) -> str:
        return f"{self.attribute or self.label} of span {self.span}"


class CarriedLayer(models.Model):
    """A layer that a schema change has changed, by the edits from `first_version` to `last_version`.

    Engines' layers have no history, so their `edits` are kept here. `left` has the ids of spans that an undo
    did not change, because somebody had changed them since.
    """

    change = models.ForeignKey(SchemaChange, models.PROTECT, related_name="layers", db_index=False)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="+")
    first_version = models.PositiveIntegerField()
    last_version = models.PositiveIntegerField()
    spans = models.PositiveIntegerField(help_text="How many of its edits were of spans.")
    edits = models.JSONField(null=True, blank=True)
    left = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "layer", "first_version"], name="carried_layer_once"),
        ]

    def __str__(self) -> str:
        return f"Layer {self.layer_id} carried over"
