from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Project
from articles.models.articles import Article
from articles.models.jobs import Job


class BulkEdit(models.Model):
    """Many places of one person's layers, or of gold, changed in one go.

    The caller chooses its id, so that a repeated request changes nothing more. The ids of its edits are
    computed from it.
    """

    class Action(models.TextChoices):
        LABEL = "label", _("Label")
        RELABEL = "relabel", _("Give another label")
        REMOVE = "remove", _("Remove the label")

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="bulk_edits", db_index=False)
    is_gold = models.BooleanField(help_text="Gold, or else the layers of who made it.")
    action = models.CharField(max_length=8, choices=Action.choices)
    label = models.CharField(max_length=64, blank=True, help_text="The label given.")
    reopens = models.BooleanField(
        default=False, help_text="Approved articles are taken back into review, changed and approved again."
    )
    search = models.JSONField(default=dict, blank=True, help_text="What was looked for.")
    remarks = ArrayField(
        models.TextField(),
        default=list,
        db_default=[],
        blank=True,
        help_text="Why the search may not have found all there is.",
    )
    job = models.ForeignKey(Job, models.PROTECT, related_name="bulk_edits", help_text="The latest.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_edits")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["project", "-created_at"], name="bulk_edit_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="remove", label="") | (~Q(action="remove") & ~Q(label="")),
                name="bulk_edit_gives_a_label",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="bulk_edit_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        words = {
            "label": gettext("Label as %(label)s"),
            "relabel": gettext("Change to %(label)s"),
            "remove": gettext("Remove labels"),
        }
        return words[self.action] % {"label": self.label}


class BulkPlace(models.Model):
    """One span that a bulk edit adds, changes or removes: as it was, and as it is to be. Null means that
    there is none; a place that is refused from the start has neither."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        UNDONE = "undone", _("Undone")
        KEPT = "kept", _("Not undone")

    bulk = models.ForeignKey(BulkEdit, models.CASCADE, related_name="places", db_index=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    start = models.IntegerField()
    end = models.IntegerField()
    span = models.UUIDField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.TextField(blank=True, help_text="Why it was refused, or not undone.")

    class Meta:
        ordering = ["article", "start", "end", "id"]
        indexes = [models.Index(fields=["bulk", "state", "article"], name="bulk_place_work")]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "span"], name="bulk_place_once"),
            models.CheckConstraint(
                condition=Q(state="refused") | Q(span__isnull=False), name="bulk_place_has_its_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end} of article {self.article_id}"
