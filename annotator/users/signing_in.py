"""Every way of signing in, the administration's too, ends in these two signals of Django."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from annotator.users.models import User, Verb
from annotator.users.services.audit import record


@receiver(user_logged_in)
def note_sign_in(user: User, **_: Any) -> None:
    record(Verb.SIGNED_IN, by=user, about=user)


@receiver(user_login_failed)
def note_failure(credentials: dict[str, Any], **_: Any) -> None:
    """An unknown name is not kept: people type their password there by mistake."""
    name = credentials.get("username") or ""
    meant = (
        User.objects.filter(username=name).first()
        or User.objects.filter(email__iexact=name, email__gt="").first()
    )
    record(Verb.SIGN_IN_FAILED, about=meant, text="" if meant else "an unknown name")
