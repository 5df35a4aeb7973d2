"""What can go wrong. Every error is an AnnotatorError whose text is a sentence for a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .values import Job

SHOWN_ERRORS = 10


class AnnotatorError(Exception):
    """Anything that goes wrong between this program and Annotator."""


class ConnectionFailed(AnnotatorError):
    """The server does not answer, or stopped in the middle."""


class Damaged(AnnotatorError):
    """What arrived is not what the server has: its checksum differs. It was removed."""


class JobFailed(AnnotatorError):
    """A job ended without success: it failed, or somebody cancelled it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(f"{job.kind} {job.id} {job.state}. {job.error}".strip())


class Problem(AnnotatorError):
    """What the server answered instead (RFC 9457). `errors` names every single thing that is wrong: `detail`,
    and `pointer` where it is a field."""

    def __init__(self, status: int, detail: str, errors: list[dict[str, Any]]) -> None:
        self.status = status
        self.detail = detail
        self.errors = errors
        super().__init__(_told(detail, errors))


class Invalid(Problem):
    """400: something in the request cannot be used."""


class NotSignedIn(Problem):
    """401: the token is missing, unknown, expired or revoked."""


class NotPermitted(Problem):
    """403: you may not do this."""


class NotFound(Problem):
    """404: it is not there, or not for you."""


class Refused(Problem):
    """409: not as things stand."""


class TooManyRequests(Problem):
    """429: later."""


_BY_STATUS: dict[int, type[Problem]] = {
    400: Invalid,
    401: NotSignedIn,
    403: NotPermitted,
    404: NotFound,
    409: Refused,
    429: TooManyRequests,
}


def problem_of(status: int, phrase: str, body: bytes) -> Problem:
    """The error that an answer stands for. One that is no problem document, as a proxy may send it, counts by
    its status."""
    data = _json_object(body)
    errors = [one for one in data.get("errors") or () if isinstance(one, dict)]
    detail = str(data.get("detail") or f"The server answered {status} {phrase}.")
    return _BY_STATUS.get(status, Problem)(status, detail, errors)


def _json_object(body: bytes) -> Mapping[str, Any]:
    try:
        data = json.loads(body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _told(detail: str, errors: list[dict[str, Any]]) -> str:
    """The sentence, and below it the single errors that it does not say itself."""
    texts = [str(one.get("detail", "")) for one in errors]
    lines = [text for text in texts[:SHOWN_ERRORS] if text not in detail]
    if len(texts) > SHOWN_ERRORS:
        lines.append(f"... and {len(texts) - SHOWN_ERRORS} more in `errors`.")
    return "\n  ".join([detail, *lines])
