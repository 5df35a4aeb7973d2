from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.domain.layers.deciding import MAX_REASON_LENGTH
from articles.models.articles import Article
from articles.models.edits import Edit
from articles.models.layers import Layer


class Decision(models.Model):
    """How a disagreement between the readers of an article was settled, kept for ever.

    Of several decisions on one item the last one counts; undoing one adds a decision that leaves the item
    open. `item`, `kind` and `name` are those of `articles.domain.gold.disagreements.Item`; `start` and `end`
    are code points, null for article labels.
    """

    class Choice(models.TextChoices):
        READING = "reading", _("A reading was taken")
        ENGINE = "engine", _("The engine’s reading was taken")
        NOBODY = "nobody", _("Nobody was right")
        OWN = "own", _("The reviewer’s own reading")
        MAJORITY = "majority", _("The majority’s reading")
        OPEN = "open", _("Open again")

    article = models.ForeignKey(Article, models.PROTECT, related_name="decisions")
    edit = models.ForeignKey(Edit, models.PROTECT, related_name="decisions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    item = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=64, blank=True)
    start = models.IntegerField(null=True, blank=True)
    end = models.IntegerField(null=True, blank=True)
    choice = models.CharField(max_length=8, choices=Choice.choices)
    reader = models.CharField(
        max_length=1, blank=True, help_text="The letter of the reader who was followed."
    )
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["edit", "item"], name="decision_once_an_edit"),
            models.CheckConstraint(
                name="decision_by_somebody_or_by_majority",
                condition=Q(choice="majority", by__isnull=True)
                | (~Q(choice="majority") & Q(by__isnull=False)),
            ),
            models.CheckConstraint(
                name="decision_on_words_or_on_the_article",
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__gte=0, end__gt=F("start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}: {self.item}"


class DecisionReading(models.Model):
    """What one annotator's layer said about the item at that time, and whether the decision agrees with
    it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="readings", db_index=False)
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="decided_readings")
    said = models.JSONField()
    upheld = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "layer"], name="decision_reads_a_layer_once")
        ]

    def __str__(self) -> str:
        return f"Layer {self.layer_id} on {self.decision_id}"
