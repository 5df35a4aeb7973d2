from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from annotator.users.models import Project, User
from articles.models.articles import Article
from articles.models.layers import Layer


class KnownArticleQuerySet(models.QuerySet["KnownArticle"]):
    def of(self, project: Project) -> Self:
        """The test set of the project."""
        return self.filter(article__project=project, removed_at__isnull=True)

    def to_give(self, project: Project) -> Self:
        """The project's known articles that can be given out. Their article is not archived, its gold is
        approved, and no near-duplicate has come since in which annotators could have read the answers."""
        approved = Layer.objects.gold().filter(approved_at__isnull=False).values("article")
        alone = self.of(project).filter(article__twin__isnull=True, article__twins__isnull=True)
        return alone.filter(article__archived_at__isnull=True, article__in=approved)


class KnownArticle(models.Model):
    """An article with approved gold, of which annotators are given copies among their work, to see how well
    they do.

    As long as it is one, annotators who have not worked on it cannot find it.
    """

    article = models.OneToOneField(Article, models.PROTECT, related_name="known")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[KnownArticle]] = KnownArticleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Article {self.article_id} is known"


class KnownReadingQuerySet(models.QuerySet["KnownReading"]):
    def of(self, project: Project, user: User | None = None) -> Self:
        """Those of the project, or of one person in it."""
        mine = self.filter(known__article__project=project)
        return mine.filter(user=user) if user else mine

    def scored(self) -> Self:
        return self.filter(handed_in_at__isnull=False)

    def shown_since(self, midnight: datetime) -> Self:
        """Those whose annotator may see the result: handed in before today."""
        return self.filter(handed_in_at__lt=midnight)


class KnownReading(models.Model):
    """One annotator's work on a copy of a known article.

    The copy is archived from the start. So it is in no list, queue, figure, export or run, but its annotator
    gets it like any other article. The numbers are entities at the time of handing in: those in gold, those
    marked, those with the same bounds and label, and those that overlap and have the same label, each matched
    once.
    """

    known = models.ForeignKey(KnownArticle, models.PROTECT, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="known_readings")
    copy = models.OneToOneField(Article, models.PROTECT, related_name="known_reading")
    given_at = models.DateTimeField(db_default=Now(), editable=False)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    in_gold = models.PositiveIntegerField(null=True, blank=True)
    given = models.PositiveIntegerField(null=True, blank=True)
    same = models.PositiveIntegerField(null=True, blank=True)
    overlapping = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar[models.Manager[KnownReading]] = KnownReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["known", "user"], name="known_reading_once"),
            models.CheckConstraint(
                name="known_reading_scored_when_handed_in",
                condition=Q(
                    handed_in_at__isnull=True,
                    in_gold__isnull=True,
                    given__isnull=True,
                    same__isnull=True,
                    overlapping__isnull=True,
                )
                | Q(
                    handed_in_at__isnull=False,
                    in_gold__isnull=False,
                    given__isnull=False,
                    same__isnull=False,
                    overlapping__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="known_reading_finds_what_both_have",
                condition=Q(same__lte=F("overlapping"), overlapping__lte=F("in_gold"))
                & Q(overlapping__lte=F("given")),
            ),
        ]
        indexes = [models.Index(fields=["user", "handed_in_at"], name="known_reading_of_user")]

    def __str__(self) -> str:
        return f"{self.user} on known article {self.known_id}"
