"""Small things that every API view does."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request

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
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
