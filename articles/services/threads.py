"""What people say to each other about articles."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from annotator.lib.errors import Invalid, NotPermitted, Refused
from annotator.users.models import User
from articles.domain.mentions import mentioned
from articles.models import Article, Comment, Notification, Thread
from articles.services.notifications.telling import tell

QUOTED = 200


@dataclass(frozen=True)
class Anchor:
    """Words of an article, in code points, and the span that stood there."""

    start: int
    end: int
    span: UUID | None = None


def begin_thread(
    *, article: Article, by: User, thread: UUID, comment: UUID, text: str, place: Anchor | None
) -> Thread:
    """Say something new about the article, or about the words at `place`.

    Both ids are the client's: sending it twice begins one thread. Raises Invalid, Refused.
    """
    if place and not 0 <= place.start < place.end <= article.length:
        raise Invalid(
            gettext("These words are not in the article: it has %(length)s characters.")
            % {"length": article.length}
        )
    where = {"start": place.start, "end": place.end, "span": place.span} if place else {}
    with transaction.atomic():
        row, is_new = Thread.objects.get_or_create(id=thread, defaults={"article": article, **where})
        if row.article_id != article.pk:
            raise Refused(gettext("This thread belongs to another article."))
        # Whoever speaks in a thread may read it: nobody gets into one that they are blind to by its id.
        if not is_new and not Thread.objects.visible_to(by).filter(pk=thread).exists():
            raise Refused(gettext("This thread exists already. Begin one with an id of its own."))
        _say(thread=row, article=article, by=by, comment=comment, text=text)
    return row


def reply(*, thread: Thread, article: Article, by: User, comment: UUID, text: str) -> None:
    """Say something in a thread. A resolved one is open again. Sending it twice adds one. Raises Refused."""
    with transaction.atomic():
        if _say(thread=thread, article=article, by=by, comment=comment, text=text):
            Thread.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)


def change_comment(*, thread: Thread, article: Article, by: User, comment: UUID, text: str) -> None:
    """Put one's own comment in other words. Raises NotPermitted, Invalid."""
    with transaction.atomic():
        row = (
            Comment.objects.select_for_update(no_key=True, of=("self",))
            .filter(pk=comment, thread=thread)
            .first()
        )
        if row is None or row.author_id != by.pk:
            raise NotPermitted(gettext("Only who wrote a comment may change it."))
        words = _words(text)
        if words == row.text:
            return
        row.text, row.edited_at = words, timezone.now()
        row.save(update_fields=["text", "edited_at"])
        people = _people_meant(article, words)
        row.mentions.set(people)
        _tell_mentioned(people, row, article)


def resolve_thread(*, thread: Thread, by: User, resolved: bool) -> None:
    """Declare a thread settled, or open again. Doing it twice is harmless: who did it first stays named."""
    rows = Thread.objects.filter(pk=thread.pk)
    if resolved:
        rows.filter(resolved_at__isnull=True).update(resolved_at=timezone.now(), resolved_by=by)
    else:
        rows.update(resolved_at=None, resolved_by=None)


def _say(*, thread: Thread, article: Article, by: User, comment: UUID, text: str) -> bool:
    """Whether it is new."""
    words = _words(text)
    row, is_new = Comment.objects.get_or_create(
        id=comment, defaults={"thread": thread, "author": by, "text": words}
    )
    if (row.thread_id, row.author_id) != (thread.pk, by.pk):
        raise Refused(gettext("This comment exists elsewhere. Send it with an id of its own."))
    if is_new:
        people = _people_meant(article, words)
        row.mentions.set(people)
        _tell_mentioned(people, row, article)
    return is_new


def _tell_mentioned(people: list[User], comment: Comment, article: Article) -> None:
    tell(
        [person.pk for person in people],
        kind=Notification.Kind.MENTIONED,
        project_id=article.project_id,
        key=str(comment.pk),
        by=comment.author,
        article=article,
        data={"words": comment.text[:QUOTED]},
    )


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise Invalid(gettext("A comment needs words."))
    return words


def _people_meant(article: Article, text: str) -> list[User]:
    """The members of the project, and site administrators, whom the text names."""
    if "@" not in text:
        return []
    team = User.objects.filter(Q(memberships__project=article.project_id) | Q(is_superuser=True))
    people = {user.username: user for user in team.filter(is_active=True).distinct()}
    return [people[name] for name in mentioned(text, people)]
