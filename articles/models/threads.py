from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from annotator.users.models import Membership, Openness, User
from annotator.users.permissions import Permission, roles_with
from articles.models.articles import Article, Status
from articles.models.exercises import Exercise
from articles.models.known_articles import KnownArticle

MAX_COMMENT_LENGTH = 5_000


# Where annotators read each other's comments, and where they might learn by them what is right.
_IS_OPEN = (
    Q(article__project__annotators_per_article=1)
    | Q(article__project__openness=Openness.ALWAYS)
    | Q(article__status=Status.GOLD)
)


def _tells_answers() -> Q:
    exercises = Exercise.objects.filter(article=OuterRef("article"), retired_at__isnull=True)
    known = KnownArticle.objects.filter(article=OuterRef("article"), removed_at__isnull=True)
    return Q(Exists(exercises)) | Q(Exists(known))


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: User) -> Self:
        """Threads that the user may read, of articles they may read.

        Who may see every layer sees every thread. Annotators of the same article do not see what the others
        write: they see threads that they take part in or are mentioned in, and all threads once the article
        is gold. In exercises and known articles they do not see those either, because they may tell the
        answers.
        """
        seen = user.seen_as
        seen_blind = seen is not None and seen.role not in roles_with(Permission.VIEW_ALL_LAYERS)
        if user.is_superuser and not seen_blind:
            return self
        mine = Comment.objects.filter(thread=OuterRef("pk")).filter(Q(author=user) | Q(mentions=user))
        sees_all = Membership.objects.filter(
            user=user,
            project=OuterRef("article__project"),
            role__in=roles_with(Permission.VIEW_ALL_LAYERS),
        )
        if seen and seen_blind:
            sees_all = sees_all.exclude(project=seen.project_id)
        return self.filter(Q(_IS_OPEN, ~_tells_answers()) | Exists(sees_all) | Exists(mine))

    def unresolved(self) -> Self:
        return self.filter(resolved_at__isnull=True)

    def mentioning(self, user: User) -> Self:
        return self.filter(Exists(Comment.objects.filter(thread=OuterRef("pk"), mentions=user)))


class Thread(models.Model):
    """Comments on an article, or on its words `[start, end)`, in code points.

    `span` is the span on which it was begun. When that span is removed, the thread stays on the words.
    """

    id = models.UUIDField(primary_key=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="threads")
    start = models.IntegerField(null=True, blank=True)
    end = models.IntegerField(null=True, blank=True)
    span = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="threads_resolved"
    )

    objects: ClassVar[models.Manager[Thread]] = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="thread_on_words_or_on_the_article",
                condition=Q(start__isnull=True, end__isnull=True, span__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__gte=0, end__gt=F("start")),
            ),
            models.CheckConstraint(
                name="thread_resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Thread on article {self.article_id}"


class Comment(models.Model):
    """One comment of a thread. Its author may change it; it is never deleted."""

    id = models.UUIDField(primary_key=True)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    text = models.TextField(max_length=MAX_COMMENT_LENGTH)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in", blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]

    def __str__(self) -> str:
        return self.text[:60]
