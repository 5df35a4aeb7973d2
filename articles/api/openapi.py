"""What drf-spectacular cannot know: how callers authenticate. Imported by `articles.api.urls`."""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

Scheme = dict[str, str]


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "annotator.users.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Scheme:
        return {"type": "http", "scheme": "bearer", "description": "An API token of yours."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "annotator.users.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> Scheme:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "With the CSRF token."}
