"""Who did what is written down with what was done, and stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from annotator.lib.errors import Refused
from annotator.users.models import AuditEntry, Project, Role, User, Verb
from annotator.users.services.audit import record
from annotator.users.services.members import add_member, remove_member
from articles.services.projects.managing import archive_project, change_project, restore_project
from tests.builders import PASSWORD, make_token


def told(**wanted: Any) -> list[tuple[str, str]]:
    """What was done and to what, the latest last."""
    return list(AuditEntry.objects.filter(**wanted).order_by("pk").values_list("verb", "text"))


@pytest.mark.parametrize("change", ["UPDATE users_auditentry SET text = 'x'", "DELETE FROM users_auditentry"])
def test_the_database_refuses_to_change_the_log(project: Project, change: str) -> None:
    record(Verb.PROJECT_CHANGED, project=project)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        connection.cursor().execute(change)


def test_members_come_change_and_go(project: Project, viewer: User) -> None:
    add_member(project=project, user=viewer, role=Role.REVIEWER)
    add_member(project=project, user=viewer, role=Role.REVIEWER)
    remove_member(project=project, user=viewer)
    assert told(object_id=viewer.pk, project=project) == [
        (Verb.MEMBER_ADDED, "viewer"),
        (Verb.ROLE_CHANGED, "viewer"),
        (Verb.MEMBER_REMOVED, "viewer"),
    ]
    assert AuditEntry.objects.get(verb=Verb.ROLE_CHANGED).data == {"role": "reviewer", "before": "viewer"}


def test_what_is_refused_is_not_told(project: Project) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        remove_member(project=project, user=User.objects.get(memberships__project=project))
    assert AuditEntry.objects.count() == before


def test_settings_that_stay_the_same_are_not_told(project: Project) -> None:
    change_project(project=project, changes={"name": project.name, "lease_days": 3})
    assert AuditEntry.objects.filter(verb=Verb.PROJECT_CHANGED)[0].data == {"changed": ["lease_days"]}
    archive_project(project=project)
    archive_project(project=project)
    restore_project(project=project)
    assert [verb for verb, _ in told(project=project)][-2:] == [Verb.PROJECT_ARCHIVED, Verb.PROJECT_OPENED]


def test_signing_in_is_told_with_the_address_and_passwords_are_not(manager: User) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.7")
    for name, word in (("manager", "wrong"), (PASSWORD, "x"), ("manager", PASSWORD)):
        browser.post("/accounts/login/", {"login": name, "password": word})
    latest = AuditEntry.objects.order_by("-pk")[0]
    assert (latest.verb, latest.by, latest.address) == (Verb.SIGNED_IN, manager, "192.0.2.7")
    failed = set(told(verb=Verb.SIGN_IN_FAILED))
    assert failed == {(Verb.SIGN_IN_FAILED, "manager"), (Verb.SIGN_IN_FAILED, "an unknown name")}


def test_a_program_is_known_by_its_token(project: Project, manager: User) -> None:
    browser = Client(headers={"authorization": f"Bearer {make_token(manager)}"})
    browser.patch(f"/api/v1/projects/{project.slug}/", {"lease_days": 9}, content_type="application/json")
    latest = AuditEntry.objects.order_by("-pk")[0]
    assert (latest.verb, latest.by, latest.data) == (
        Verb.PROJECT_CHANGED,
        manager,
        {"changed": ["lease_days"]},
    )


def test_an_export_is_told(project: Project, manager: User) -> None:
    browser = Client()
    browser.force_login(manager)
    answer = browser.get(f"/api/v1/projects/{project.slug}/export/", {"format": "jsonl"})
    assert answer.status_code == 200
    latest = AuditEntry.objects.order_by("-pk")[0]
    assert (latest.verb, latest.by, latest.data) == (
        Verb.EXPORTED,
        manager,
        {"asked": "format=jsonl&layer=gold"},
    )
