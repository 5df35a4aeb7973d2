from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from annotator.users.models import User, Verb
from annotator.users.queries import live_tokens
from annotator.users.services.audit import record
from annotator.users.services.tokens import revoke_token
from articles.services.assignments.leases import withdraw_all


def deactivate_person(*, user: User, by: User | None = None) -> bool:
    """Shut a person out and keep what they did: sessions and API tokens end, articles that they have not
    handed in go back to the others, and their layers stay theirs. Answers whether they were active."""
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            return False
        for token in live_tokens(user):
            revoke_token(user=user, token_id=token.pk)
        returned = withdraw_all(user=user, by=by)
        record(Verb.PERSON_DEACTIVATED, by=by, about=user, returned=returned)
    _end_sessions(user)
    return True


def activate_person(*, user: User, by: User | None = None) -> bool:
    """Let them sign in again; tokens and articles do not come back by themselves."""
    with transaction.atomic():
        activated = User.objects.filter(pk=user.pk, is_active=False).update(is_active=True) == 1
        if activated:
            record(Verb.PERSON_ACTIVATED, by=by, about=user)
    return activated


def _end_sessions(user: User) -> None:
    """End the person's sessions, so that none is valid again when they are let in again."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
