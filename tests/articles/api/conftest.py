from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import pytest
from django.test import Client

from annotator.users.models import User
from tests.builders import make_token

Api = Callable[..., "Answer"]


class Answer:
    """A response with its JSON at hand."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status = response.status_code
        self.type = response.get("Content-Type", "")

    @property
    def body(self) -> Any:
        return self.response.json()

    @cached_property
    def raw(self) -> bytes:
        streaming = getattr(self.response, "streaming", False)
        return b"".join(self.response.streaming_content) if streaming else self.response.content


@pytest.fixture
def call() -> Callable[..., Answer]:
    """`call(user, "POST", "projects/x/next/", {...})` with the user's own API token."""
    client = Client(raise_request_exception=False)
    tokens: dict[int, str] = {}

    def do(user: User | None, method: str, path: str, body: Any = None, **extra: Any) -> Answer:
        headers = {}
        if user:
            token = tokens.get(user.pk) or tokens.setdefault(user.pk, make_token(user))
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            extra |= {"data": body, "content_type": "application/json"}
        return Answer(
            client.generic(method, f"/api/v1/{path}", headers=headers)
            if body is None and not extra
            else getattr(client, method.lower())(f"/api/v1/{path}", headers=headers, **extra)
        )

    return do
