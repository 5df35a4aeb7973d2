from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.schemas.queries import published_definition
from annotator.users.models import AuditEntry, Membership, Project, Role, User, Verb
from articles.models import Assignment, GuidelineVersion, Job
from articles.services.projects.managing import FIRST_ENGINES
from tests.builders import make_articles, make_member, make_project

LIST = "/admin/users/project/"


@pytest.fixture
def admin_client(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def act(client: Client, action: str, *projects: Project) -> str:
    """Run an action; answers the words of the page that follows."""
    ticked = {"action": action, "_selected_action": [one.pk for one in projects], "index": 0}
    return client.post(f"{LIST}?shown=all", ticked, follow=True).content.decode()


def members_form(
    project: Project, roles: dict[User, str], *, deleted: tuple[User, ...] = ()
) -> dict[str, Any]:
    rows = list(Membership.objects.filter(project=project).order_by("pk"))
    data: dict[str, Any] = {
        "name": project.name, "description": "", "guidelines": "", "annotators_per_article": 1,
        "confidence_shown": "bands", "queue_order": "oldest", "blind_share": 10, "planted_share": 0,
        "lease_days": 7, "gold_rule": "reviewer", "overlap_share": 100, "openness": "blind",
        "practice_articles": 0, "pass_mark": 0, "known_share": 0,
        "memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": len(rows),
        "engines-TOTAL_FORMS": 0, "engines-INITIAL_FORMS": 0,
    }  # fmt: skip
    for n, row in enumerate(rows):
        data |= {
            f"memberships-{n}-id": row.pk,
            f"memberships-{n}-project": project.pk,
            f"memberships-{n}-user": row.user_id,
            f"memberships-{n}-role": roles.get(row.user, row.role),
        }
        if row.user in deleted:
            data[f"memberships-{n}-DELETE"] = "on"
    return data


def test_the_list_asks_the_same_number_of_queries_for_any_number_of_projects(
    admin_client: Client, project: Project
) -> None:
    admin_client.get(LIST)

    with CaptureQueriesContext(connection) as few:
        admin_client.get(LIST)
    for _ in range(5):
        make_articles(make_project(), 2)
    with CaptureQueriesContext(connection) as many:
        admin_client.get(LIST)
    assert len(many) == len(few)


def test_a_new_project_gets_schema_engines_and_a_manager(admin_client: Client, administrator: User) -> None:
    data = {
        "name": "Fresh", "slug": "fresh", "description": "", "template": "conll-2003",
        "annotators_per_article": 2, "preannotate": "on", "confidence_shown": "bands",
        "queue_order": "oldest", "blind_share": 10, "planted_share": 0, "lease_days": 7,
        "gold_rule": "agreement",
        "overlap_share": 100, "openness": "blind", "practice_articles": 0, "pass_mark": 0, "known_share": 0,
        "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert admin_client.post(f"{LIST}add/", data).status_code == 302
    project = Project.objects.get(slug="fresh")
    assert published_definition(project.pk).active_names == {"PER", "ORG", "LOC", "MISC"}
    assert project.engines.count() == len(FIRST_ENGINES)
    assert project.created_by == administrator
    assert project.memberships.get(user=administrator).role == Role.MANAGER


def test_members_change_roles_and_leave(
    admin_client: Client, project: Project, annotator: User, viewer: User
) -> None:
    url = reverse("admin:users_project_change", args=[project.pk])
    data = members_form(project, {annotator: Role.REVIEWER}, deleted=(viewer,))
    assert admin_client.post(url, data).status_code == 302
    roles = dict(project.memberships.values_list("user__username", "role"))
    assert roles["annotator"] == Role.REVIEWER
    assert "viewer" not in roles


def test_the_last_manager_stays_and_a_handover_works(
    admin_client: Client, project: Project, annotator: User
) -> None:
    url = reverse("admin:users_project_change", args=[project.pk])
    owner = project.memberships.get(role=Role.MANAGER).user
    refused = admin_client.post(url, members_form(project, {owner: Role.VIEWER}))
    assert refused.status_code == 200
    assert "keeps at least one manager" in refused.content.decode()
    handed = admin_client.post(url, members_form(project, {owner: Role.VIEWER, annotator: Role.MANAGER}))
    assert handed.status_code == 302
    assert project.memberships.get(role=Role.MANAGER).user == annotator


def test_preannotate_starts_a_run(admin_client: Client, project: Project, administrator: User) -> None:
    make_articles(project, 3)
    assert "3 articles are on their way" in act(admin_client, "preannotate_new", project)
    job = Job.objects.get(project=project, kind=Job.Kind.RUN)
    assert (job.total, job.created_by) == (3, administrator)
    assert job.items.count() == 3


def test_preannotate_says_when_there_is_nothing_to_do(admin_client: Client, project: Project) -> None:
    assert "nothing to pre-annotate" in act(admin_client, "preannotate_all", project)


def test_export_leads_to_the_one_file(admin_client: Client, project: Project) -> None:
    other = make_project()
    assert "Choose one project" in act(admin_client, "export_gold", project, other)
    answer = admin_client.post(LIST, {"action": "export_gold", "_selected_action": [project.pk]})
    assert answer["Location"] == f"/api/v1/projects/{project.slug}/export/?format=jsonl&layer=gold"
    assert admin_client.get(answer["Location"]).status_code == 200


def test_assign_gives_unclaimed_articles_in_turn(
    admin_client: Client, project: Project, annotator: User
) -> None:
    make_articles(project, 4)
    assert "no active annotator" not in act(admin_client, "preannotate_new", project)
    second = make_member(project, Role.ANNOTATOR)
    assert "4 articles were given to 2 annotators" in act(admin_client, "assign_unclaimed", project)
    assert Assignment.objects.filter(user=annotator).count() == 2
    assert Assignment.objects.filter(user=second).count() == 2
    assert "None of these articles has room" in act(admin_client, "assign_unclaimed", project)


def test_archive_and_restore(admin_client: Client, project: Project) -> None:
    act(admin_client, "archive", project)
    assert Project.objects.get().is_archived
    assert project.name not in admin_client.get(LIST).content.decode()
    assert "archived already" in act(admin_client, "archive", project)
    assert "1 is open for work again." in act(admin_client, "restore", project)
    assert not Project.objects.get().is_archived
    assert "None of these was archived" in act(admin_client, "restore", project)


def test_the_short_name_stays(admin_client: Client, project: Project) -> None:
    url = reverse("admin:users_project_change", args=[project.pk])
    admin_client.post(url, {**members_form(project, {}), "slug": "other", "name": "Renamed"})
    before = project.slug
    project.refresh_from_db()
    assert (project.slug, project.name) == (before, "Renamed")


def test_guidelines_that_change_here_are_a_new_version_too(
    admin_client: Client, administrator: User, project: Project
) -> None:
    url = reverse("admin:users_project_change", args=[project.pk])
    admin_client.post(url, {**members_form(project, {}), "guidelines": "Mark titles, too.", "lease_days": 3})
    project.refresh_from_db()
    assert (project.guidelines, project.lease_days) == ("Mark titles, too.", 3)
    newest = GuidelineVersion.objects.filter(project=project).latest("number")
    assert (newest.text, newest.by) == ("Mark titles, too.", administrator)
    told = AuditEntry.objects.get(by=administrator, verb=Verb.PROJECT_CHANGED).data["changed"]
    assert {"guidelines", "lease_days"} <= set(told)
