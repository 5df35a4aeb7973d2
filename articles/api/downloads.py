"""Files that never change, over HTTP: whole, one range, or only their headers (RFC 9110, 13 and 14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from articles.api.errors import problem

# Bytes `[start, end)` of the file, piece by piece.
ReadBytes = Callable[[int, int], Iterator[bytes]]
_ONE_RANGE = re.compile(r"bytes=\s*(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))\s*\Z")


@dataclass(frozen=True)
class Download:
    """`etag` identifies the content; it is given without quotes."""

    name: str
    size: int
    etag: str
    content_type: str
    read: ReadBytes


class Unsatisfiable(ValueError):
    """A range that the file does not have, or that means nothing."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """`[start, end)` of a `Range` header. None where the whole file is sent: no range, several, or another
    unit.

    Raises Unsatisfiable.
    """
    if not header.startswith("bytes=") or "," in header:
        return None
    found = _ONE_RANGE.match(header)
    if found is None:
        raise Unsatisfiable(header)
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    if start >= end:
        raise Unsatisfiable(header)
    return start, end


def answer_with(request: HttpRequest, file: Download) -> HttpResponseBase:
    """The part of the file that the request asks for. A download that broke off can be continued with
    `Range`."""
    etag = f'"{file.etag}"'
    if unchanged := get_conditional_response(request, etag):
        unchanged["ETag"] = etag
        return unchanged
    try:
        wanted = byte_range(_range_header(request, etag), file.size)
    except Unsatisfiable:
        refusal = problem(416, f"The file has {file.size} bytes, and this range is none of it.")
        refusal["Content-Range"] = f"bytes */{file.size}"
        return refusal
    start, end = wanted or (0, file.size)
    response = _body(request, file, start, end)
    response["Content-Length"] = str(end - start)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["X-Accel-Buffering"] = "no"
    if wanted:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    return response


def _range_header(request: HttpRequest, etag: str) -> str:
    """The range, unless it was meant for another content than there is now."""
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return ""
    return request.headers.get("Range", "")


def _body(request: HttpRequest, file: Download, start: int, end: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=file.content_type)
    return StreamingHttpResponse(file.read(start, end), content_type=file.content_type)
