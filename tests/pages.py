"""Pages as people see them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from annotator.users.models import User


class Visitor:
    """A browser without scripts, signed in as `user` or as nobody."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(headers={"referer": "http://testserver/"})
        if user:
            self.client.force_login(user)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, query)

    def post(self, path: str, *, follow: bool = False, **data: Any) -> Any:
        return self.client.post(path, data, follow=follow)


def words(response: Any) -> str:
    """The answer as one line of text with its tags."""
    return " ".join(response.content.decode().split())
