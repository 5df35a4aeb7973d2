from __future__ import annotations

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from annotator.users.models import User


class LanguageMiddleware(LocaleMiddleware):
    """Pages in the language that the person has chosen, else as the cookie says, else as the browser asks."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.user.language if isinstance(request.user, User) else ""
        translation.activate(chosen or translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language() or ""
