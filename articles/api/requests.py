"""Small things that every API view does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from annotator.lib.errors import Invalid
from annotator.users.models import User


def caller_of(request: Request) -> User:
    """The signed-in user; views are for authenticated callers only."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def read_body(
    shape: type[serializers.BaseSerializer[Any]], request: Request, *, instance: Any = None
) -> dict[str, Any]:
    """The checked body. Raises ValidationError (400) naming every field."""
    serializer = shape(instance, data=request.data, partial=instance is not None)
    require_valid(serializer)
    return dict(serializer.validated_data)


def require_known(request: Request, parameters: Iterable[OpenApiParameter]) -> None:
    """Raises Invalid for what the address asks for beside these: a misspelt filter would be no filter."""
    known = {one.name for one in parameters}
    if unknown := sorted(set(request.query_params) - known):
        raise Invalid(
            f"There is no parameter {', '.join(unknown):.200}. There are: {', '.join(sorted(known))}."
        )


def require_valid(serializer: serializers.BaseSerializer[Any]) -> None:
    """Raises ValidationError (400) naming every field that cannot be used, and every one that there is not: a
    misspelt field is not lost without a word."""
    serializer.is_valid(raise_exception=True)
    if isinstance(serializer, serializers.ListSerializer):
        rows, shape = serializer.initial_data, serializer.child
    else:
        rows, shape = [serializer.initial_data], serializer
    known = list(getattr(shape, "fields", ()))
    unknown = {name for row in rows for name in row if name not in known} if known else set()
    if unknown:
        there_are = f"There is no such field. There are: {', '.join(known)}."
        raise serializers.ValidationError({name: [there_are] for name in sorted(unknown)})
