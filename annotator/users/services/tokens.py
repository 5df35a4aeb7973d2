from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from annotator.lib.tokens import digest, new_token
from annotator.users.models import ApiToken, User, Verb
from annotator.users.services.audit import record

DEFAULT_LIFETIME = timedelta(days=365)
HINT_LENGTH = 10


def create_token(
    *,
    user: User,
    name: str,
    scope: str = ApiToken.Scope.WRITE,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """The stored token and its secret, which is never shown again. Raises Invalid."""
    if expires_at and expires_at <= timezone.now():
        raise Invalid(_("A token ends at a time that is still to come."))
    secret = new_token("ann")
    with transaction.atomic():
        token = ApiToken.objects.create(
            user=user,
            name=name,
            scope=scope,
            hint=secret[:HINT_LENGTH],
            digest=digest(secret),
            expires_at=expires_at or timezone.now() + DEFAULT_LIFETIME,
        )
        record(Verb.TOKEN_MADE, about=token, scope=scope, of=user.username)
    return token, secret


def revoke_token(*, user: User, token_id: int) -> bool:
    """Whether a live token of this user was revoked."""
    mine = ApiToken.objects.filter(user=user, pk=token_id, revoked_at__isnull=True)
    with transaction.atomic():
        token = mine.select_for_update(no_key=True).first()
        if token is None:
            return False
        mine.update(revoked_at=timezone.now())
        record(Verb.TOKEN_REVOKED, about=token, of=user.username)
    return True
