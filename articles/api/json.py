"""JSON in and out with orjson: strict, fast, and without the characters PostgreSQL cannot keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.db.models import QuerySet
from django.utils.functional import Promise
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.utils.serializer_helpers import ReturnDict, ReturnList

# Far more than any body needs, and less than what JSON writers and the database stumble over.
MAX_DEPTH = 64


class Renderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=_plain, option=orjson.OPT_NON_STR_KEYS)


class Parser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return loads(stream.read())


def loads(raw: bytes) -> Any:
    """The data in `raw`. Raises ParseError (400) with the reason."""
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ParseError(f"The body is not JSON: {error}.") from error
    if _is_deeper_than(MAX_DEPTH, data):
        raise ParseError(f"The body is nested more than {MAX_DEPTH} levels deep.")
    if rb"\u0000" in raw and _has_nul(data):
        raise ParseError("The body holds a NUL character (\\u0000), which no text may contain.")
    return data


def _is_deeper_than(levels: int, data: Any) -> bool:
    """Level by level, so that depth costs no stack."""
    level = [data] if isinstance(data, dict | list) else []
    for _ in range(levels):
        inner = (one.values() if isinstance(one, dict) else one for one in level)
        level = [value for values in inner for value in values if isinstance(value, dict | list)]
    return bool(level)


def _has_nul(data: Any) -> bool:
    match data:
        case str():
            return "\0" in data
        case dict():
            return any(_has_nul(key) or _has_nul(value) for key, value in data.items())
        case list():
            return any(_has_nul(value) for value in data)
    return False


def _plain(value: Any) -> Any:
    match value:
        case ReturnDict():
            return dict(value)
        case ReturnList() | QuerySet() | tuple() | set() | frozenset():
            return list(value)
        case Promise():
            return str(value)
        case Mapping():
            return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
