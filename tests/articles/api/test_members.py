from __future__ import annotations

from annotator.users.models import Membership, Project, Role, User
from tests.articles.api.conftest import Api


def test_a_manager_adds_a_person_by_name(project: Project, manager: User, stranger: User, call: Api) -> None:
    path = f"projects/{project.slug}/members/"
    added = call(manager, "POST", path, {"username": stranger.username, "role": Role.REVIEWER})
    assert (added.status, added.body["role"]) == (201, Role.REVIEWER)
    assert Membership.objects.get(project=project, user=stranger).role == Role.REVIEWER


def test_only_a_site_administrator_creates_the_person(
    project: Project, manager: User, administrator: User, call: Api
) -> None:
    path = f"projects/{project.slug}/members/"
    body = {"username": "newcomer", "role": Role.ANNOTATOR, "password": "violet harbour 42"}
    refused = call(manager, "POST", path, body)
    assert refused.status == 400
    assert "invitation link" in refused.body["detail"]
    unsaid = call(administrator, "POST", path, {**body, "password": ""})
    assert unsaid.status == 400
    assert not User.objects.filter(username="newcomer").exists()
    assert call(administrator, "POST", path, body).status == 201
    assert User.objects.get(username="newcomer").check_password("violet harbour 42")
