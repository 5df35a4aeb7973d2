"""The request that is being answered, for what must know where something was asked for: the audit log."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
_present: ContextVar[HttpRequest | None] = ContextVar("present_request", default=None)


def remember_request(get_response: Handler) -> Handler:
    """Middleware."""

    def handle(request: HttpRequest) -> HttpResponse:
        token = _present.set(request)
        try:
            return get_response(request)
        finally:
            _present.reset(token)

    return handle


def present_request() -> HttpRequest | None:
    """None in tasks and commands."""
    return _present.get()
