from __future__ import annotations

import re

import pytest

from annotator.users.models import Invitation, Membership, Project, User
from tests.builders import make_project
from tests.pages import Visitor, words


def _path(project: Project, rest: str = "") -> str:
    return f"/projects/{project.slug}/members/{rest}"


def _role(project: Project, user: User) -> str | None:
    return Membership.objects.filter(project=project, user=user).values_list("role", flat=True).first()


def test_the_link_of_an_invitation_is_shown_once(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    answer = visitor.post(_path(project, "invite/"), role="reviewer")
    link = re.search(r"http://testserver/join/inv_[\w-]+/", words(answer))
    assert link
    assert "no-store" in answer["Cache-Control"]
    later = words(visitor.get(_path(project)))
    assert "/join/" not in later
    assert "Open invitations" in later
    assert "invites you as reviewer" in words(Visitor().get(link.group()))


def test_an_invitation_can_be_withdrawn(project: Project, manager: User) -> None:
    visitor = Visitor(manager)
    visitor.post(_path(project, "invite/"), role="annotator")
    invitation = Invitation.objects.get()
    visitor.post(_path(project, f"invitations/{invitation.pk}/"))
    assert not Invitation.objects.open().exists()
    elsewhere = _path(make_project(), f"invitations/{invitation.pk}/")
    assert visitor.post(elsewhere).status_code == 404


def test_roles_change_and_members_leave(project: Project, manager: User, annotator: User) -> None:
    visitor = Visitor(manager)
    visitor.post(_path(project, "annotator/role/"), role="viewer")
    assert _role(project, annotator) == "viewer"
    unknown = visitor.post(_path(project, "annotator/role/"), role="king", follow=True)
    assert "Choose one of the roles" in words(unknown)
    assert _role(project, annotator) == "viewer"
    visitor.post(_path(project, "annotator/remove/"))
    assert _role(project, annotator) is None
    assert visitor.post(_path(project, "annotator/remove/")).status_code == 404


def test_the_last_manager_stays(project: Project, manager: User) -> None:
    first = project.created_by
    assert first
    visitor = Visitor(manager)
    visitor.post(_path(project, f"{first.username}/remove/"))
    answer = visitor.post(_path(project, "manager/role/"), role="viewer", follow=True)
    assert "keeps at least one manager" in words(answer)
    assert _role(project, manager) == "manager"


def test_a_manager_who_leaves_goes_home(project: Project, manager: User) -> None:
    assert Visitor(manager).post(_path(project, "manager/remove/")).url == "/"


@pytest.mark.parametrize("rest", ["", "invite/", "manager/role/", "manager/remove/"])
def test_only_managers_manage(
    rest: str, project: Project, annotator: User, reviewer: User, viewer: User, manager: User, stranger: User
) -> None:
    ask = "post" if rest else "get"
    for user in (annotator, reviewer, viewer):
        assert getattr(Visitor(user), ask)(_path(project, rest)).status_code == 403
    assert getattr(Visitor(stranger), ask)(_path(project, rest)).status_code == 404
    assert _role(project, manager) == "manager"
    assert not Invitation.objects.exists()
