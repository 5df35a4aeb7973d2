from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from annotator.users.models import User
from annotator.users.services.seeing import seen_in

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# What ends looking, or concerns nobody's work.
_STILL_ALLOWED = frozenset({"articles:see-as-stop", "account_logout", "users:language"})


class LanguageMiddleware(LocaleMiddleware):
    """Pages in the language that the person has chosen, else as the cookie says, else as the browser asks."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.user.language if isinstance(request.user, User) else ""
        translation.activate(chosen or translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language() or ""


class SeenAsMiddleware:
    """While somebody looks at a project as a lower role, their session only reads: nothing is done by mistake
    in another role than it seems. Programs with a token have no session and go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = seen_in(request.session)
        if seen and request.user.is_authenticated:
            request.user.seen_as = seen
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match, seen = request.resolver_match, seen_in(request.session)
        if seen is None or request.method in _SAFE or (match and match.view_name in _STILL_ALLOWED):
            return None
        reason = _("You see a project as another role does, so nothing can be changed. Stop that first.")
        if request.path.startswith("/api/"):
            body = {"type": "about:blank", "title": "Forbidden", "status": 403, "detail": reason}
            return JsonResponse(body, status=403, content_type="application/problem+json")
        return render(request, "403.html", {"exception": reason}, status=403)
