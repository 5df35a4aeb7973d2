from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission as DjangoPermission
from django.test import Client
from django.urls import reverse

from annotator.users.models import ApiToken, Project, Role, User
from tests.builders import PASSWORD, make_admin, make_token, make_user

LIST = "/admin/users/user/"


@pytest.fixture
def admin_client(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def act(client: Client, action: str, *rows: User | ApiToken, url: str = LIST) -> str:
    ticked = {"action": action, "_selected_action": [row.pk for row in rows], "index": 0}
    return client.post(url, ticked, follow=True).content.decode()


def test_a_person_is_added_and_can_sign_in(admin_client: Client) -> None:
    data = {"username": "nora", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert admin_client.post(f"{LIST}add/", data).status_code == 302
    assert Client().login(username="nora", password=PASSWORD)


def test_a_password_is_set(admin_client: Client) -> None:
    user = make_user()
    url = reverse("admin:auth_user_password_change", args=[user.pk])
    assert admin_client.get(url).status_code == 200
    fresh = "another-horse-battery"
    assert admin_client.post(url, {"password1": fresh, "password2": fresh}).status_code == 302
    assert Client().login(username=user.username, password=fresh)


def test_deactivate_and_activate(admin_client: Client, administrator: User) -> None:
    user = make_user()
    assert "cannot deactivate yourself" in act(admin_client, "deactivate", user, administrator)
    user.refresh_from_db()
    administrator.refresh_from_db()
    assert (user.is_active, administrator.is_active) == (False, True)
    act(admin_client, "activate", user)
    user.refresh_from_db()
    assert user.is_active


def test_roles_change_on_a_persons_page(admin_client: Client, project: Project, annotator: User) -> None:
    row = annotator.memberships.get()
    data = {
        "username": "annotator", "display_name": "Anna", "email": "", "is_active": "on",
        "memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 1, "memberships-0-id": row.pk,
        "memberships-0-user": annotator.pk, "memberships-0-project": project.pk,
        "memberships-0-role": Role.REVIEWER, "api_tokens-TOTAL_FORMS": 0, "api_tokens-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert admin_client.post(f"{LIST}{annotator.pk}/change/", data).status_code == 302
    row.refresh_from_db()
    assert row.role == Role.REVIEWER


def test_tokens_are_revoked(admin_client: Client, annotator: User) -> None:
    make_token(annotator)
    token = ApiToken.objects.get()
    assert "1 tokens were revoked" in act(admin_client, "revoke", token, url="/admin/users/apitoken/")
    assert not ApiToken.objects.valid().exists()


def test_staff_below_an_administrator_cannot_rise(client: Client, db: None) -> None:
    staff, boss, colleague = make_user(is_staff=True), make_admin(), make_user()
    for name in ("view_user", "change_user"):
        staff.user_permissions.add(DjangoPermission.objects.get(codename=name))
    client.force_login(staff)
    password = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert client.post(password, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 403
    act(client, "deactivate", boss)
    client.post(f"{LIST}{colleague.pk}/change/", {"username": colleague.username, "is_superuser": "on"})
    boss.refresh_from_db()
    colleague.refresh_from_db()
    assert boss.is_active
    assert not colleague.is_superuser
