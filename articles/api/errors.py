"""Every error of the API is a problem detail (RFC 9457) with a sentence that a person can act on."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from annotator.lib.errors import Invalid, NotPermitted, Refused
from articles.queries.corrections.versions import TextCorrected

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"


def problem(status: int, detail: str, **more: Any) -> Response:
    """A problem document as a response."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return Response(body, status=status, content_type=CONTENT_TYPE)


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler. Unexpected errors go to the log with their traceback."""
    response = _respond(error, context)
    set_rollback()
    return response


def _respond(error: Exception, context: Mapping[str, Any]) -> Response:
    match error:
        case TextCorrected():
            return problem(409, error.reason, current=error.article)
        case Http404():
            return problem(404, "There is nothing here, or you may not see it.")
        case PermissionDenied():
            return problem(403, str(error) or "You may not do this.")
        case NotPermitted():
            return problem(403, error.reason)
        case Invalid():
            return problem(400, error.reason, errors=[{"detail": text} for text in error.problems])
        case Refused():
            return problem(409, error.reason)
        case exceptions.ValidationError():
            return _invalid(error)
        case exceptions.APIException():
            return _known(error, _in_our_words(error, context.get("view")))
        case OperationalError():
            return problem(503, "The database does not answer just now. Send the request again in a moment.")
    log.error("Unexpected error", exc_info=error)
    return problem(500, "Something went wrong here, not with you. It was written to the log.")


def _invalid(error: exceptions.ValidationError) -> Response:
    errors = [{"pointer": pointer, "detail": text} for pointer, text in _flatten(error.detail)]
    sentences = [f"{one['pointer'].lstrip('/')}: {one['detail']}".lstrip(": ") for one in errors]
    return problem(400, " ".join(sentences), errors=errors)


def _flatten(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    match detail:
        case dict():
            for key, value in detail.items():
                yield from _flatten(value, path if key == "non_field_errors" else f"{path}/{key}")
        case list() | tuple():
            for number, value in enumerate(detail):
                nested = isinstance(value, dict | list)
                yield from _flatten(value, f"{path}/{number}" if nested else path)
        case _:
            yield path, str(detail)


def _in_our_words(error: exceptions.APIException, view: Any) -> str:
    """What REST framework says, with what to do about it."""
    match error:
        case exceptions.NotAuthenticated():
            return (
                "Send the header Authorization: Bearer TOKEN. Tokens are made under Account in the browser, "
                "or by manage.py token."
            )
        case exceptions.MethodNotAllowed() if view:
            allowed = ", ".join(sorted(set(view.allowed_methods) - {"HEAD", "OPTIONS"}))
            return f"This address takes {allowed}."
        case exceptions.UnsupportedMediaType() if view:
            taken = " or ".join(parser.media_type for parser in view.get_parsers())
            return f"The body is {taken}; say so in the header Content-Type."
    return str(error.detail)


def _known(error: exceptions.APIException, detail: str) -> Response:
    response = problem(error.status_code, detail)
    challenge = getattr(error, "auth_header", None)
    if challenge:
        response["WWW-Authenticate"] = challenge
    wait = getattr(error, "wait", None)
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    return response
