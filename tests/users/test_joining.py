from __future__ import annotations

from typing import Any

import pytest

from annotator.users.models import Membership, Project, User
from annotator.users.services.invitations import invite
from tests.builders import PASSWORD
from tests.pages import Visitor, words


@pytest.fixture
def path(project: Project, manager: User) -> str:
    _, secret = invite(project=project, role="reviewer", by=manager)
    return f"/join/{secret}/"


def _form(**changes: str) -> dict[str, Any]:
    return {"username": "nora", "display_name": "Nora Lie", "password": PASSWORD, **changes}


def _role(username: str) -> str | None:
    return Membership.objects.filter(user__username=username).values_list("role", flat=True).first()


def test_a_newcomer_makes_an_account_and_is_in(path: str, project: Project) -> None:
    visitor = Visitor()
    assert "Create account and join" in words(visitor.get(path))
    answer = visitor.post(path, follow=True, **_form())
    assert f"Welcome to {project.name}, Nora Lie." in words(answer)
    assert _role("nora") == "reviewer"
    assert "no longer works" in words(Visitor().get(path))


def test_somebody_known_joins_with_their_account(path: str, project: Project, stranger: User) -> None:
    assert f"next={path}" in words(Visitor().get(path))
    visitor = Visitor(stranger)
    assert "Join as stranger" in words(visitor.get(path))
    assert _role("stranger") is None, "reading the page joins nobody"
    assert visitor.post(path).url == f"/projects/{project.slug}/"
    assert _role("stranger") == "reviewer"


@pytest.mark.parametrize(
    "change", [{"password": "short"}, {"password": ""}, {"username": "a b"}, {"username": "manager"}]
)
def test_a_bad_name_or_password_spends_nothing(path: str, change: dict[str, str]) -> None:
    before = User.objects.count()
    answer = Visitor().post(path, **_form(**change))
    assert answer.status_code == 400
    assert "notice bad" in words(answer) or "errors" in words(answer)
    assert User.objects.count() == before
    assert Visitor().get(path).status_code == 200


def test_a_link_nobody_made_is_refused(db: None) -> None:
    for ask in (Visitor().get, Visitor().post):
        answer = ask("/join/inv_guess/")
        assert answer.status_code == 404
        assert "no longer works" in words(answer)
