"""News by e-mail, gathered so that nobody gets a letter for each."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotator.lib import advisory_locks
from annotator.users.models import User
from articles.models import Notification
from articles.queries.notifications import in_words

log = logging.getLogger(__name__)
# News younger than this is not mailed: it may be read on the page at once.
PATIENCE = timedelta(minutes=10)


def send_digests(*, often: str) -> int:
    """Write to everybody who wants letters so often and has unread news. Answers how many got one.

    Each letter is noted in the transaction that sends it: one that cannot be sent is tried the next time,
    and two workers at once never write twice. A worker that dies between sending and noting writes again.
    """
    waiting = (
        Notification.objects.readable()
        .unmailed()
        .filter(user__digest=often, user__is_active=True, created_at__lt=timezone.now() - PATIENCE)
    )
    people = waiting.exclude(user__email="").values_list("user", flat=True).order_by("user").distinct()
    return sum(_write(person) for person in people)


def _write(person: int) -> bool:
    try:
        with transaction.atomic():
            return _is_ours(person) and _tell(person)
    # Whatever is wrong with one address or letter, those of the others must be sent.
    except Exception:
        log.warning("The digest to user %s could not be sent", person, exc_info=True)
        return False


def _is_ours(person: int) -> bool:
    """Whether no other worker is writing to this person now. No row is locked: a mail server may be slow, and
    whoever waits for its letter should be able to work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [advisory_locks.LETTER, person])
        return bool(cursor.fetchone()[0])


def _tell(person: int) -> bool:
    rows = Notification.objects.readable().unmailed().filter(user=person)
    found = list(rows.with_names())
    if not found:
        return False
    _send(User.objects.get(pk=person), found)
    Notification.objects.filter(pk__in=[row.pk for row in found]).update(mailed_at=timezone.now())
    return True


def _send(user: User, rows: list[Notification]) -> None:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        told = in_words(rows)
        subject = ngettext("%(count)s thing for you", "%(count)s things for you", len(told))
        names = {"person": user, "told": told, "site": settings.SITE_ADDRESS}
        send_mail(
            f"{_('Annotator')}: {subject % {'count': len(told)}}",
            render_to_string("articles/digest.txt", names),
            None,
            [user.email],
        )
