"""Refusals of services, as pages and messages for a person."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_bidi, get_language_from_request, override

from annotator.lib.errors import Invalid, NotPermitted, Refused

Handler = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Turns what a view did not catch into words: NotPermitted is a 403 page; any other refusal of a POST is
    a message on the page it came from, and of a GET a page of its own. The API answers its own refusals."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case NotPermitted():
                context = {"exception": error.reason, "back": came_from(request)}
                return render(request, "403.html", context, status=403)
            case Refused() if request.method == "POST" and came_from(request):
                for sentence in sentences(error):
                    messages.error(request, sentence)
                return HttpResponseRedirect(came_from(request))
            case Refused():
                return _refused(request, error)
        return None


def unexpected_error(request: HttpRequest) -> HttpResponse:
    """The page for what nobody caught: 503 while the database is away, which passes; else 500. It reads
    nothing from the database, not even who asks."""
    is_away = isinstance(sys.exc_info()[1], OperationalError)
    language = getattr(request, "LANGUAGE_CODE", "") or get_language_from_request(request)
    with override(language):
        context = {
            "LANGUAGE_CODE": language,
            "LANGUAGE_BIDI": get_language_bidi(),
            "again": request.get_full_path() if request.method == "GET" else came_from(request) or "/",
        }
        body = render_to_string("503.html" if is_away else "500.html", context)
    if is_away:
        return HttpResponse(body, status=503, headers={"Retry-After": "5"})
    return HttpResponse(body, status=500)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that carries no token of this session, or an old one, with the way back to it."""
    return render(request, "403_csrf.html", {"back": came_from(request)}, status=403)


def sentences(error: Refused) -> list[str]:
    """What to tell a person: every problem, or else the reason."""
    return (error.problems if isinstance(error, Invalid) else []) or [error.reason]


def status_of(error: Refused) -> int:
    """400 for input that cannot be used, 409 for what cannot be done as things stand."""
    return 400 if isinstance(error, Invalid) else 409


def came_from(request: HttpRequest) -> str:
    """The page of this site that the request came from, or nothing."""
    referrer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        referrer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return referrer if ours else ""


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    context = {
        "reason": error.reason,
        "problems": error.problems if isinstance(error, Invalid) else [],
        "back": came_from(request) or request.path,
    }
    return render(request, "refused.html", context, status=status_of(error))
