from __future__ import annotations

import pytest

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User
from articles.models import Article, Layer, SchemaTodo, Span
from articles.queries.schema_changes.todos import open_todos
from articles.services.assignments.claiming import submit_article
from articles.services.gold.approving import approve
from articles.services.schema_todos import settle_todo
from tests.builders import add_span, annotate, make_article
from tests.scenarios.schema_changes import change, step, undo

SPLIT = step(
    "split",
    "label",
    "PERSON",
    to="PERSON",
    by_hand=True,
    rules=[{"surfaces": ["Northline  press"], "to": "FIRM"}],
)
REQUIRE = step(
    "add", "attribute", to="sure", definition={"type": "boolean", "required": True, "labels": ["PERSON"]}
)


@pytest.fixture
def finished(project: Project, annotator: User, reviewer: User) -> Article:
    article = make_article(project)
    annotate(article, annotator, add_span(), add_span(43, 58, "PERSON"))
    submit_article(article=article, by=annotator)
    approve(article=article, by=reviewer)
    return article


def test_what_no_rule_decides_is_left_to_people_and_gold_stays_approved_when_they_decide(
    project: Project, manager: User, reviewer: User, annotator: User, finished: Article
) -> None:
    begun = make_article(project, title="Begun")
    annotate(begun, annotator, add_span())
    made = change(project, manager, SPLIT)
    mine = open_todos(project, annotator, reviews=False)
    assert [todo.layer.article for todo in mine] == [begun]  # not in what is gold already
    (of_gold,) = open_todos(project, reviewer, reviews=True)
    settle_todo(todo=of_gold, value="FIRM", by=reviewer)
    gold = Layer.objects.gold().get(article=finished)
    assert gold.approved_at
    assert set(Span.objects.filter(layer=gold).values_list("label", flat=True)) == {"FIRM"}
    (mine_again,) = mine
    settle_todo(todo=mine_again, value="PERSON", by=annotator)
    for todo, by in ((of_gold, reviewer), (mine_again, annotator)):
        with pytest.raises(Refused, match="settled already"):
            settle_todo(todo=todo, value="FIRM", by=by)
    assert not open_todos(project, annotator, reviews=True).exists()
    with pytest.raises(Invalid, match="none of the answers"):
        settle_todo(todo=of_gold, value="ORG", by=reviewer)
    undo(made, manager)
    assert set(Span.objects.filter(layer=gold).values_list("label", flat=True)) == {"PERSON"}


def test_a_new_required_attribute_is_asked_of_every_span_that_lacks_it(
    project: Project, manager: User, reviewer: User, annotator: User, finished: Article
) -> None:
    change(project, manager, REQUIRE)
    first, second = open_todos(project, reviewer, reviews=True)
    settle_todo(todo=first, value="yes", by=reviewer)
    assert Span.objects.get(pk=first.span).attributes == {"sure": True}
    Span.objects.filter(pk=second.span).update(attributes={"sure": False})  # as an edit in the editor does
    assert not open_todos(project, reviewer, reviews=True).exists()
    assert SchemaTodo.objects.filter(settled_at__isnull=True).count() == 1
