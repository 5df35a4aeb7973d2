"""A deleted project is out of sight at once, can be brought back for thirty days, and then leaves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import AuditEntry, Membership, Project, Role, User, Verb
from annotator.users.services.invitations import find_invitation, invite
from articles.models import FilePart, Job, StoredFile
from articles.models.belongings import belongings
from articles.queries.layers.choice import LayerChoice
from articles.services.imports.importing import stage_import
from articles.services.jobs.lifecycle import create_job
from articles.services.notifications.webhooks import add_webhook, send_test
from articles.services.projects.deletion import KEPT_FOR, bring_back, delete_project
from articles.services.projects.managing import archive_project
from articles.tasks.projects import purge_deleted_projects
from tests.builders import make_article, make_member, make_project, make_submitted
from tests.pages import Visitor
from tests.scenarios.bulk_edits import make_bulk_edit
from tests.scenarios.doubts import cast_doubt
from tests.scenarios.evaluations import make_evaluation
from tests.scenarios.exercises import hand_in, make_exercise
from tests.scenarios.known_articles import hand_in_known, make_known, take_known
from tests.scenarios.releases import make_release
from tests.scenarios.schema_changes import change, step


def fill(project: Project) -> None:
    """Something of most kinds, files among them."""
    manager, annotator = make_member(project, Role.MANAGER), make_member(project)
    article = make_article(project)
    make_submitted(article, annotator)
    stage_import(project=project, by=manager, file_name="a.txt", pieces=[b"Some text."])
    make_release(project, manager, layer=LayerChoice("user", annotator.username))
    change(project, manager, step("split", "label", "PERSON", to="PERSON", by_hand=True))
    invite(project=project, role="viewer", by=manager)
    hook, _ = add_webhook(project=project, url="https://example.org/", events=["job.ended"], by=manager)
    send_test(webhook=hook, by=manager)
    cast_doubt(article)
    make_bulk_edit(article, annotator)
    make_evaluation(project)
    hand_in(make_exercise(project, manager), annotator)
    make_known(project, manager)
    hand_in_known(take_known(project, annotator), annotator)


def rows_of(project_id: int) -> dict[str, int]:
    counts = {
        one.kind._meta.label: one.kind._base_manager.filter(**{one.way: project_id}).count()
        for one in belongings()
    }
    return {label: count for label, count in counts.items() if count}


def delete(project: Project, by: User, *, days_ago: int = 0) -> None:
    delete_project(project=project, by=by, typed_name=project.name)
    when = timezone.now() - timedelta(days=days_ago)
    Project.objects.filter(pk=project.pk).update(deleted_at=when, archived_at=when)
    project.refresh_from_db()


def test_the_name_has_to_be_typed(project: Project, manager: User) -> None:
    page = f"/projects/{project.slug}/delete/"
    answer = Visitor(manager).post(page, name="something else")
    assert answer.status_code == 400
    assert Visitor(manager).post(page, name=project.name).status_code == 302
    project.refresh_from_db()
    assert project.deleted_by == manager


def test_nobody_sees_it_any_more(project: Project, manager: User, administrator: User) -> None:
    _, secret = invite(project=project, role="viewer", by=manager)
    delete(project, manager)
    for person in (manager, administrator):
        visitor = Visitor(person)
        assert visitor.get(f"/projects/{project.slug}/").status_code == 404
        assert visitor.get(f"/api/v1/projects/{project.slug}/").status_code == 404
        assert project.slug not in visitor.get("/api/v1/projects/").content.decode()
        assert project.slug not in visitor.get("/api/v1/me/").content.decode()
    assert find_invitation(secret) is None


def test_it_comes_back_as_it_was(project: Project, manager: User) -> None:
    job = create_job(project=project, kind=Job.Kind.RUN, by=manager)
    members = Membership.objects.filter(project=project).count()
    delete(project, manager)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    bring_back(project=project)
    project.refresh_from_db()
    assert (project.is_deleted, project.is_archived) == (False, False)
    assert Membership.objects.filter(project=project).count() == members
    assert Visitor(manager).get(f"/projects/{project.slug}/").status_code == 200


def test_an_archived_project_comes_back_archived(project: Project, manager: User) -> None:
    archive_project(project=project)
    delete_project(project=project, by=manager, typed_name=project.name)
    bring_back(project=project)
    project.refresh_from_db()
    assert (project.is_deleted, project.is_archived) == (False, True)


def test_after_thirty_days_it_is_too_late_to_bring_it_back(project: Project, manager: User) -> None:
    delete(project, manager, days_ago=KEPT_FOR.days)
    with pytest.raises(Refused, match="thirty days"):
        bring_back(project=project)


def test_nothing_of_it_is_left_and_all_of_others_is(project: Project, manager: User) -> None:
    other = make_project()
    for one in (project, other):
        fill(one)
    kept, gone = rows_of(other.pk), project.pk
    assert len(kept) > 20
    assert kept.keys() <= rows_of(gone).keys()
    files = StoredFile.objects.count()
    delete(project, manager, days_ago=KEPT_FOR.days - 1)
    assert purge_deleted_projects() == 0
    assert rows_of(gone)
    delete(project, manager, days_ago=KEPT_FOR.days)
    assert purge_deleted_projects() == 1
    assert purge_deleted_projects() == 0
    assert rows_of(gone) == {}
    assert Project.objects.filter(training_for__isnull=False).count() == 1
    assert rows_of(other.pk) == kept
    assert StoredFile.objects.count() == files / 2
    assert not FilePart.objects.exclude(file__in=StoredFile.objects.all()).exists()
    assert AuditEntry.objects.filter(project_name=project.name, verb=Verb.PROJECT_PURGED).exists()


def test_history_is_kept_from_everything_else(project: Project, annotator: User) -> None:
    make_submitted(make_article(project), annotator)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        connection.cursor().execute("DELETE FROM articles_edit")


def test_another_name_deletes_nothing(project: Project, manager: User) -> None:
    with pytest.raises(Invalid, match=project.name):
        delete_project(project=project, by=manager, typed_name="")
