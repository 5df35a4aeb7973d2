from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import Article, SchemaChange, SchemaTodo, Span
from tests.builders import annotate, make_article, make_member, make_project
from tests.pages import Visitor, words
from tests.scenarios.schema_changes import RENAME, carry_out, change, step


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/schema/changes/"


@pytest.fixture
def article(project: Project, annotator: User) -> Article:
    article = make_article(project)
    annotate(article, annotator)
    return article


def test_a_plan_is_made_seen_carried_out_and_undone_without_a_script(
    manager: User, article: Article, address: str
) -> None:
    visitor = Visitor(manager)
    assert "Nothing is planned." in words(visitor.get(address))
    visitor.post(f"{address}plan/", kind="label", do="rename", names="PERSON", to="HUMAN")
    page = words(visitor.post(f"{address}plan/", kind="label", do="add", to="TREE", follow=True))
    assert "The label PERSON is renamed to HUMAN." in page
    assert "1 in 1 article: 0 in gold, 1 of annotators, 0 of engines." in page
    assert "The label TREE is added." in page
    visitor.post(f"{address}plan/", kind="label", remove="2")
    begun = words(visitor.post(f"{address}start/", follow=True))
    assert "job-progress" in begun
    made = carry_out(SchemaChange.objects.get())
    page = words(visitor.get(f"{address}{made.pk}/"))
    assert "Spans of annotators</dt><dd>1</dd>" in page
    assert "Undo this change" in page
    undone = words(visitor.post(f"{address}{made.pk}/undo/", follow=True))
    assert "A change undone: version 3" in undone
    assert "Version 2" in words(visitor.get(address))


def test_what_does_not_fit_is_said_and_kept_from_being_carried_out(manager: User, address: str) -> None:
    visitor = Visitor(manager)
    assert visitor.post(f"{address}plan/", kind="label", do="rename", names="PERSON").status_code == 400
    rules = visitor.post(
        f"{address}plan/", kind="label", do="split", names="LOC", to="LOC", rules="Bergen\n\nOslo => "
    )
    assert (rules.status_code, "Line 1: write words" in words(rules), "Line 3:" in words(rules)) == (
        400,
        True,
        True,
    )
    page = words(
        visitor.post(f"{address}plan/", kind="label", do="rename", names="PERSON", to="ORG", follow=True)
    )
    assert "There is a label ORG already. Merge PERSON into it instead." in page
    assert "Change the labels</button>" not in page
    refused = visitor.post(f"{address}start/")
    assert (refused.status_code, "Nothing was changed." in words(refused)) == (400, True)
    assert "Nothing is planned" in words(visitor.post(f"{address}plan/", drop="1", follow=True))


def test_every_kind_has_its_form(project: Project, manager: User, address: str) -> None:
    visitor = Visitor(manager)
    for kind in ("label", "relation", "attribute", "option", "article_label", "nonsense"):
        assert visitor.get(address, kind=kind).status_code == 200
    sent = visitor.post(
        f"{address}plan/",
        kind="attribute",
        do="add",
        to="tone",
        attribute_type="choice",
        options="good, bad",
        follow=True,
    )
    assert "The attribute tone is added." in words(sent)
    assert SchemaChange.objects.get().plan["steps"][0]["definition"]["options"] == ["good", "bad"]
    assert "Change the labels</button>" in words(sent)


def test_another_projects_change_is_not_to_be_seen(project: Project, manager: User, address: str) -> None:
    made = change(project, manager, RENAME)
    other = make_project()
    stranger = make_member(other, "manager")
    assert Visitor(stranger).get(f"/projects/{other.slug}/schema/changes/{made.pk}/").status_code == 404


def test_what_is_left_to_people_is_answered_on_its_page(
    project: Project, manager: User, annotator: User, article: Article
) -> None:
    planned = Visitor(manager).post(
        f"/projects/{project.slug}/schema/changes/plan/",
        kind="label",
        do="split",
        names="PERSON",
        to="PERSON",
        by_hand="on",
        follow=True,
    )
    assert "1 span waits under Work, To decide" in words(planned)
    rules = [{"surfaces": ["nobody"], "to": "CREW"}]
    change(project, manager, step("split", "label", "PERSON", to="PERSON", by_hand=True, rules=rules))
    visitor, page = Visitor(annotator), f"/projects/{project.slug}/schema/todo/"
    shown = words(visitor.get(page))
    assert "Which label is it?" in shown
    assert "CREW <kbd>1</kbd>" in shown
    assert f"articles/{article.pk}/?at=25-39" in shown
    todo = SchemaTodo.objects.get()
    assert visitor.post(f"{page}{todo.pk}/", answer="nonsense").status_code == 400
    assert "Nothing to decide" in words(visitor.post(f"{page}{todo.pk}/", answer="CREW", follow=True))
    assert Visitor(manager).post(f"{page}{todo.pk}/", answer="CREW").status_code == 404
    assert Span.objects.get().label == "CREW"
