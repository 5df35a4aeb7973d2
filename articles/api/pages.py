"""Lists by cursor, in one shape: `{"next": URL or null, "previous": ..., "results": [...]}`."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.lib.numbers import whole_number
from articles.queries.pages import Ordering, Page, page_of

PAGE_SIZE = 50
MAX_PAGE_SIZE = 500

M = TypeVar("M", bound=Model)


def page_answer(
    request: Request, rows: QuerySet[M], ordering: Ordering, serializer: type[serializers.ModelSerializer[M]]
) -> Response:
    """The page of `rows` that the request asks for. Raises Invalid for a cursor that is none of ours."""
    cursor = request.query_params.get("cursor")
    page = page_of(rows, ordering, cursor=cursor, size=page_size(request))
    return Response(page_body(request, page, list(serializer(page.rows, many=True).data)))


def page_size(request: Request) -> int:
    wanted = whole_number(request.query_params.get("page_size", ""))
    return PAGE_SIZE if wanted is None else max(1, min(wanted, MAX_PAGE_SIZE))


def page_body(request: Request, page: Page[M], results: list[dict[str, Any]]) -> dict[str, Any]:
    return {"next": _link(request, page.next), "previous": _link(request, page.previous), "results": results}


def paged(name: str, row: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """The OpenAPI shape of a page of `row`."""
    return inline_serializer(
        name,
        {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": row(many=True),
        },
    )


def _link(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
