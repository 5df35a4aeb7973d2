"""What else hangs on an article whose text was corrected: who works on it, what was said about it, its place
in queues and parts.

What is about the article moves to its new text and back (time, reviews, news); what stands at its words is
copied, so that the old text stays as it was (threads).
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from articles.domain.corrections.reanchoring import Reanchoring
from articles.domain.spans import Span
from articles.models import (
    Article,
    Assignment,
    Comment,
    Correction,
    GoldPart,
    Layer,
    Notification,
    Rank,
    Review,
    Sitting,
    Thread,
)
from articles.services.corrections.layers import carried_id

_ABOUT_THE_ARTICLE: tuple[type[models.Model], ...] = (Sitting, Review, Notification)


def move_what_is_about(*, source: Article, target: Article) -> None:
    """Time that was spent, reviews, and what people are told of."""
    for kind in _ABOUT_THE_ARTICLE:
        kind._base_manager.filter(article=source).update(article=target)


def copy_surroundings(correction: Correction, way: Reanchoring) -> None:
    """Assignments, threads, the priority, and whether engines learn from it."""
    old, new = correction.corrected, correction.article
    Assignment.objects.bulk_create(_again(one, new) for one in Assignment.objects.filter(article=old))
    GoldPart.objects.bulk_create(
        GoldPart(article=new, held_out=one.held_out) for one in GoldPart.objects.filter(article=old)
    )
    Rank.objects.bulk_create(
        Rank(article=new, project_id=one.project_id, priority=one.priority)
        for one in Rank.objects.filter(article=old)
    )
    _copy_threads(correction, way)


def _again(one: Assignment, article: Article) -> Assignment:
    """The same assignment for the other article, with the times that it had."""
    values = {
        field.attname: getattr(one, field.attname)
        for field in Assignment._meta.concrete_fields
        if not field.primary_key and field.name != "article"
    }
    return Assignment(article=article, **values)


def _copy_threads(correction: Correction, way: Reanchoring) -> None:
    old, new = correction.corrected, correction.article
    threads = list(Thread.objects.filter(article=old))
    Thread.objects.bulk_create(_moved(one, new, way) for one in threads)
    comments = list(Comment.objects.filter(thread__in=threads).prefetch_related("mentions"))
    Comment.objects.bulk_create(_said_again(one, new) for one in comments)
    through = Comment.mentions.through
    through._base_manager.bulk_create(
        through(comment_id=carried_id(new.pk, one.pk), user_id=user.pk)
        for one in comments
        for user in one.mentions.all()
    )


def _moved(thread: Thread, article: Article, way: Reanchoring) -> Thread:
    """A copy of the thread: at the same words, or where they went; about the whole article if they are
    gone."""
    place = _place(thread, way)
    return Thread(
        id=carried_id(article.pk, thread.pk),
        article=article,
        start=place.start if place else None,
        end=place.end if place else None,
        span=carried_id(article.pk, thread.span) if place and thread.span else None,
        created_at=thread.created_at,
        resolved_at=thread.resolved_at,
        resolved_by_id=thread.resolved_by_id,
    )


def _place(thread: Thread, way: Reanchoring) -> Span | None:
    if thread.start is None or thread.end is None:
        return None
    words = Span(UUID(int=0), thread.start, thread.end, "")
    return way.certain(words) or way.doubtful(words)[1]


def _said_again(one: Comment, article: Article) -> Comment:
    return Comment(
        id=carried_id(article.pk, one.pk),
        thread_id=carried_id(article.pk, one.thread_id),
        author_id=one.author_id,
        text=one.text,
        created_at=one.created_at,
        edited_at=one.edited_at,
    )


def is_worked_on(correction: Correction) -> bool:
    """Whether anybody has done anything with the corrected text."""
    new, since = correction.article, correction.made_at
    layers = new.layers.exclude(kind=Layer.Kind.ENGINE)
    closed = Q(submitted_at__gt=since) | Q(approved_at__gt=since)
    signs = (
        layers.filter(closed | Q(version__gt=1) | Q(created_at__gt=since)),
        correction.todos.filter(settled_at__isnull=False),
        new.assignments.filter(Q(touched_at__gt=since) | Q(created_at__gt=since)),
        Comment.objects.filter(thread__article=new, created_at__gt=since),
        new.reviews.filter(created_at__gt=since),
        new.corrections.standing(),
    )
    return any(sign.exists() for sign in signs)
