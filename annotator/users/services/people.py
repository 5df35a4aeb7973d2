from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from annotator.users.models import User


def create_user(*, username: str, password: str, email: str = "", display_name: str = "") -> User:
    """A new person. Raises Invalid with every problem of name and password."""
    user = User(username=username, email=email, display_name=display_name)
    problems: list[str] = []
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        problems += error.messages
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems += error.messages
    if problems:
        raise Invalid(" ".join(problems), problems)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid(_("A user with that username already exists.")) from error
    return user


def change_news(*, user: User, email: str, digest: str) -> None:
    """`digest` is one of `Digest`."""
    user.email, user.digest = email, digest
    user.save(update_fields=["email", "digest"])


def change_language(*, user: User, language: str) -> None:
    """`language` is a code of `settings.LANGUAGES`."""
    user.language = language
    user.save(update_fields=["language"])


def change_display_name(*, user: User, display_name: str) -> None:
    user.display_name = display_name
    user.save(update_fields=["display_name"])
