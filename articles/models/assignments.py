from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotator.users.models import User
from articles.models.articles import Article
from articles.models.handouts import Handout

UNFINISHED = Q(submitted_at__isnull=True, skipped_at__isnull=True, returned_at__isnull=True)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def unfinished(self) -> Self:
        """At work: neither handed in, nor skipped, nor returned."""
        return self.filter(UNFINISHED)

    def taking_room(self) -> Self:
        """Claims that count towards the number of annotators of an article."""
        return self.filter(skipped_at__isnull=True, returned_at__isnull=True)

    def expired(self) -> Self:
        """Returned because their lease ran out."""
        return self.filter(returned_at__isnull=False, returned_by__isnull=True)

    def in_sight(self) -> Self:
        """Claims on articles that are not archived, and on copies of known articles, which look like ordinary
        articles to their annotator."""
        return self.filter(Q(article__archived_at__isnull=True) | Q(article__known_reading__isnull=False))

    def given(self) -> Self:
        """Claims that a manager gave, not those that the annotator asked for."""
        return self.filter(handout__isnull=False)

    def skipped(self) -> Self:
        return self.filter(skipped_at__isnull=False)


class Assignment(models.Model):
    """An annotator's claim on an article: they asked for it, or a manager gave it to them.

    A skipped or returned claim takes no room. Skipped: that person is not offered the article again.
    Returned: the lease ran out, or a manager withdrew the article.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    blind = models.BooleanField(
        default=False, db_default=False, help_text="Given without suggestions, to see what they change."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    flagged_at = models.DateTimeField(
        null=True, blank=True, help_text="Not sure: to be looked at again later."
    )
    flag_note = models.CharField(max_length=500, blank=True, db_default="")
    skipped_at = models.DateTimeField(null=True, blank=True)
    skip_reason = models.CharField(max_length=500, blank=True, db_default="")
    touched_at = models.DateTimeField(
        db_default=Now(), editable=False, help_text="The last edit or sitting, give or take some minutes."
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The manager who withdrew it; nobody where its lease ran out.",
    )
    handout = models.ForeignKey(
        Handout, models.PROTECT, null=True, blank=True, related_name="assignments", editable=False
    )
    due_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Assignment]] = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(skipped_at__isnull=True) | Q(submitted_at__isnull=True),
                name="assignment_skipped_or_submitted",
            ),
            models.CheckConstraint(
                condition=Q(skipped_at__isnull=True) | ~Q(skip_reason=""), name="assignment_skip_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(submitted_at__isnull=True, skipped_at__isnull=True),
                name="assignment_returned_unfinished",
            ),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True) | Q(returned_at__isnull=False),
                name="assignment_withdrawn_is_returned",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "submitted_at"], name="assignment_of_user"),
            models.Index(fields=["user", "article"], name="assignment_at_hand", condition=UNFINISHED),
            models.Index(fields=["touched_at"], name="assignment_lease", condition=UNFINISHED),
        ]

    def __str__(self) -> str:
        return f"{self.user} on article {self.article_id}"

    @property
    def takes_room(self) -> bool:
        return self.skipped_at is None and self.returned_at is None
