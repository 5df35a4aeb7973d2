"""API authentication: `Authorization: Bearer TOKEN`, or the session with CSRF."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.authentication import SessionAuthentication as DrfSessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from annotator.lib.tokens import digest
from annotator.users.models import ApiToken, User

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_USED_RECENTLY = timedelta(minutes=5)


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = self._find(secret.strip())
        if token.scope == ApiToken.Scope.READ and request.method not in _SAFE:
            raise PermissionDenied("This token may only read. Make one that may write.")
        self._remember_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    def _find(self, secret: bytes) -> ApiToken:
        key = digest(secret.decode("ascii", "replace"))
        token = ApiToken.objects.valid().select_related("user").filter(digest=key).first()
        if token is None:
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        return token

    def _remember_use(self, token: ApiToken) -> None:
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > _USED_RECENTLY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class SessionAuthentication(DrfSessionAuthentication):
    """Answers 401 to a caller without a session, so that the editor can tell it from 'not allowed'.

    A page says in `X-Annotator-User` whose work it sends, so that what one person did is never stored as
    another's who signed in meanwhile in the same browser.
    """

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        sender = request.headers.get("X-Annotator-User")
        if found and sender is not None and unquote(sender) != found[0].get_username():
            raise AuthenticationFailed(f"You are signed in as {found[0].get_username()}, not as before.")
        return found

    def authenticate_header(self, request: Request) -> str:
        return "Session"
