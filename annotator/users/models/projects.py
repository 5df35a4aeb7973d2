from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotator.users.models.roles import Role
from annotator.users.models.users import User


class ConfidenceShown(models.TextChoices):
    """How sure an engine is, as annotators see it."""

    HIDDEN = "hidden", _("Not at all")
    BANDS = "bands", _("As sure, likely or unsure")
    NUMBER = "number", _("As a number")


class Openness(models.TextChoices):
    """Whether annotators may read what others have handed in for the same article."""

    BLIND = "blind", _("Never: everybody judges for themselves")
    AFTER = "after", _("Once they have handed in their own")
    ALWAYS = "always", _("At any time")


class QueueOrder(models.TextChoices):
    """Which article an annotator is given next."""

    OLDEST = "oldest", _("The oldest first")
    RANDOM = "random", _("At random")
    PRIORITY = "priority", _("By priority")
    GAIN = "gain", _("What teaches the engine most for the time it takes")
    EASE = "ease", _("The easy ones first")


class GoldRule(models.TextChoices):
    """Who decides what is gold, once all annotators of an article have handed in."""

    REVIEWER = "reviewer", _("A reviewer, always")
    AGREEMENT = "agreement", _("Nobody has to where all annotators agree; else a reviewer")
    MAJORITY = "majority", _("The majority of three or more; a reviewer where there is none")


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> ProjectQuerySet:
        """Projects the user is a member of; site administrators see all that are not deleted."""
        if not user.is_active:
            return self.none()
        shown = self.kept().real()
        return shown if user.is_superuser else shown.filter(memberships__user=user)

    def kept(self) -> ProjectQuerySet:
        """Without those that are deleted and can still be brought back."""
        return self.filter(deleted_at__isnull=True)

    def live(self) -> ProjectQuerySet:
        return self.real().filter(archived_at__isnull=True)

    def real(self) -> ProjectQuerySet:
        """Without those that only hold the exercises of another."""
        return self.filter(training_for__isnull=True)


class Project(models.Model):
    """Articles, a team, a label schema and guidelines."""

    # How its people work: what managers choose, in the order in which the API and the administration show it.
    SETTINGS: ClassVar[tuple[str, ...]] = (
        "annotators_per_article",
        "overlap_share",
        "openness",
        "gold_rule",
        "readers_shown",
        "queue_order",
        "lease_days",
        "preannotate",
        "confidence_shown",
        "blind_share",
        "planted_share",
        "carries_over",
        "practice_articles",
        "pass_mark",
        "known_share",
    )

    slug = models.SlugField(unique=True, max_length=64)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, max_length=2000)
    guidelines = models.TextField(blank=True, max_length=200_000, help_text="Markdown.")
    annotators_per_article = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    overlap_share = models.PositiveSmallIntegerField(
        default=100,
        db_default=100,
        validators=[MaxValueValidator(100)],
        help_text="Percent of articles that get more than one annotator, if the project asks for more.",
    )
    openness = models.CharField(
        max_length=8, choices=Openness.choices, default=Openness.BLIND, db_default=Openness.BLIND
    )
    preannotate = models.BooleanField(
        default=True, help_text="Suggest entities for new articles without being asked."
    )
    blind_share = models.PositiveSmallIntegerField(
        default=10,
        db_default=10,
        validators=[MaxValueValidator(50)],
        help_text="Percent of articles that are given without suggestions, to see what suggestions change.",
    )
    planted_share = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        validators=[MaxValueValidator(10)],
        help_text="Percent of suggestions that are wrong on purpose. Annotators are told so.",
    )
    confidence_shown = models.CharField(
        max_length=8,
        choices=ConfidenceShown.choices,
        default=ConfidenceShown.BANDS,
        db_default=ConfidenceShown.BANDS,
    )
    queue_order = models.CharField(
        max_length=8, choices=QueueOrder.choices, default=QueueOrder.OLDEST, db_default=QueueOrder.OLDEST
    )
    lease_days = models.PositiveSmallIntegerField(
        default=7,
        db_default=7,
        validators=[MaxValueValidator(365)],
        help_text="After so many days untouched an article goes back to the others; 0 is never.",
    )
    gold_rule = models.CharField(
        max_length=12, choices=GoldRule.choices, default=GoldRule.REVIEWER, db_default=GoldRule.REVIEWER
    )
    readers_shown = models.BooleanField(
        default=False, db_default=False, help_text="Reviewers see who said what where annotators disagree."
    )
    practice_articles = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        validators=[MaxValueValidator(50)],
        help_text="How many practice articles an annotator works through before real work; 0 is none.",
    )
    pass_mark = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        validators=[MaxValueValidator(100)],
        help_text="The mean F1 in percent over the test articles that opens real work; 0 is no test.",
    )
    carries_over = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Work goes over to the other articles of a story by itself, as suggestions.",
    )
    known_share = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        validators=[MaxValueValidator(100)],
        help_text="Percent of the work of annotators that is articles whose gold is known; 0 is none.",
    )
    training_for = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="training",
        help_text="The project whose exercises this one holds, out of sight of everything else.",
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="created_projects",
    )

    objects: ClassVar[models.Manager[Project]] = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(annotators_per_article__range=(1, 5)),
                name="project_one_to_five_annotators",
            ),
            models.CheckConstraint(
                condition=models.Q(overlap_share__lte=100), name="project_overlap_in_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(lease_days__lte=365), name="project_lease_within_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(blind_share__lte=50, planted_share__lte=10), name="project_shares_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_at__isnull=True) | models.Q(archived_at__isnull=False),
                name="project_deleted_is_archived",
            ),
            models.CheckConstraint(
                condition=models.Q(practice_articles__lte=50, pass_mark__lte=100),
                name="project_training_in_range",
            ),
            models.CheckConstraint(condition=models.Q(known_share__lte=100), name="project_known_in_percent"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def asks_for_training(self) -> bool:
        """Whether annotators practise or are tested before real work."""
        return self.practice_articles > 0 or self.pass_mark > 0

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Membership(models.Model):
    """A person's role in a project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.ANNOTATOR)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} in {self.project}"
