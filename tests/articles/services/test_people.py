from __future__ import annotations

from django.test import Client

from annotator.users.models import AuditEntry, Project, User, Verb
from articles.models import Article, Assignment, Layer, Status
from articles.services.people import activate_person, deactivate_person
from tests.builders import annotate, make_article, make_submitted, make_token
from tests.pages import Visitor


def test_a_person_who_leaves_leaves_their_work(
    project: Project, annotator: User, administrator: User
) -> None:
    done, begun = make_article(project), make_article(project)
    make_submitted(done, annotator)
    annotate(begun, annotator)
    visitor = Visitor(annotator)
    program = Client(headers={"authorization": f"Bearer {make_token(annotator)}"})
    assert deactivate_person(user=annotator, by=administrator)
    assert not deactivate_person(user=annotator, by=administrator)
    assert visitor.get("/").status_code == 302
    assert program.get("/api/v1/me/").status_code == 401
    returned = Assignment.objects.get(article=begun, user=annotator)
    assert (returned.returned_by, returned.submitted_at) == (administrator, None)
    assert Assignment.objects.get(article=done, user=annotator).returned_at is None
    assert Layer.objects.by_user(annotator).count() == 2
    assert Article.objects.get(pk=done.pk).status != Status.NEW
    entry = AuditEntry.objects.get(verb=Verb.PERSON_DEACTIVATED)
    assert (entry.by, entry.text, entry.data) == (administrator, "annotator", {"returned": 1})


def test_who_is_let_in_again_signs_in_anew(project: Project, annotator: User) -> None:
    visitor = Visitor(annotator)
    program = Client(headers={"authorization": f"Bearer {make_token(annotator)}"})
    deactivate_person(user=annotator)
    activate_person(user=annotator)
    assert visitor.get("/").status_code == 302
    assert program.get("/api/v1/me/").status_code == 401
    assert Visitor(annotator).get("/").status_code == 200
