"""Guidelines in versions, and cases that become examples in them."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import Project, User
from articles.models import Decision, Exercise, GuidelineVersion, KnownArticle, Precedent
from articles.queries.guidelines import cases_to_add, guidelines_html, label_guides, lines_changed
from articles.services.adjudication import settle
from articles.services.gold.approving import approve
from articles.services.guidelines import (
    add_precedent,
    change_guidelines,
    restore_version,
    withdraw_precedent,
)
from articles.services.known_gold.exercises import mark_exercise, retire_exercise
from articles.services.known_gold.known_articles import add_known_articles, remove_known_article
from articles.services.projects.managing import change_project
from tests.articles.services.test_adjudication import PERSON, PLACE, decision, letter_of, make_read
from tests.pages import Visitor, words


def _numbers(project: Project) -> list[tuple[int, str, dict[str, str]]]:
    rows = GuidelineVersion.objects.filter(project=project).order_by("number")
    return [(row.number, row.text, row.labels) for row in rows]


def test_every_change_is_a_version_and_none_is_lost(project: Project, manager: User) -> None:
    Project.objects.filter(pk=project.pk).update(guidelines="As it was.")
    project.refresh_from_db()
    change_guidelines(project=project, text="New.", labels={"GPE": "Cities.", "LOC": " "}, by=manager)
    change_guidelines(project=project, text="New.", labels={"GPE": "Cities."}, by=manager)
    change_project(project=project, changes={"guidelines": "By the settings."})
    first = GuidelineVersion.objects.get(project=project, number=1)
    restore_version(version=first, by=manager)
    assert _numbers(project) == [
        (1, "As it was.", {}),
        (2, "New.", {"GPE": "Cities."}),
        (3, "By the settings.", {"GPE": "Cities."}),
        (4, "As it was.", {}),
    ]
    project.refresh_from_db()
    assert project.guidelines == "As it was."
    old, new = GuidelineVersion.objects.filter(project=project, number__lte=2).order_by("number")
    signs = {(sign, line) for sign, line in lines_changed(old, new) if sign in "+-"}
    assert signs == {("-", "As it was."), ("+", "New."), ("+", "# GPE"), ("+", "Cities.")}


@pytest.fixture
def decided(project: Project, reviewer: User) -> Decision:
    article = make_read(project, [PERSON, PLACE], [PERSON, (0, 6, "LOC")])
    taken = decision("span:0-6", "reading", letter_of(article, "GPE")) | {"reason": "A <city>."}
    settle(article=article, by=reviewer, decisions=[taken])
    return Decision.objects.get()


def test_a_case_stands_under_its_label_with_its_words(
    project: Project, reviewer: User, decided: Decision
) -> None:
    assert [one.words for one in cases_to_add(project)] == ["BERGEN"]
    add_precedent(decision=decided, by=reviewer)
    add_precedent(decision=decided, by=reviewer)
    assert cases_to_add(project) == []
    (guide,) = [one for one in label_guides(project) if one.cases]
    (case,) = guide.cases
    assert (guide.label.name, case.label, case.words, case.said) == ("GPE", "GPE", "BERGEN", ["GPE", "LOC"])
    html = guidelines_html(project)
    assert "<strong>BERGEN</strong>, Norway" in html
    assert "A &lt;city&gt;." in html
    withdraw_precedent(precedent=case)
    assert "BERGEN" not in guidelines_html(project)
    add_precedent(decision=decided, by=reviewer)
    assert Precedent.objects.standing().count() == 1


def test_a_decision_about_no_words_is_no_example(reviewer: User, decided: Decision) -> None:
    decided.start = decided.end = None
    with pytest.raises(Refused):
        add_precedent(decision=decided, by=reviewer)


def test_what_people_are_tested_on_is_no_example(
    project: Project, manager: User, reviewer: User, decided: Decision
) -> None:
    article = decided.article
    approve(article=article, by=reviewer)
    change_project(project=project, changes={"practice_articles": 1})
    exercise = mark_exercise(project=project, article=article.pk, kind="practice", note="", by=manager)
    asked = Decision.objects.select_related("article__project").get()
    with pytest.raises(Refused, match="give an answer away"):
        add_precedent(decision=asked, by=reviewer)
    retire_exercise(exercise=exercise)
    Exercise.objects.all().delete()
    assert add_known_articles(project=project, articles=[article.pk], by=manager) == 1
    with pytest.raises(Refused, match="give an answer away"):
        add_precedent(decision=asked, by=reviewer)
    remove_known_article(known=KnownArticle.objects.get())
    assert add_precedent(decision=asked, by=reviewer)


def test_the_pages_do_it_by_a_press(
    project: Project, manager: User, reviewer: User, annotator: User, decided: Decision
) -> None:
    path = f"/projects/{project.slug}/guidelines/"
    Visitor(reviewer).post(f"{path}decisions/{decided.pk}/", reason="Harbours <b>too</b>")
    form: dict[str, Any] = {"text": "Label **names**.", "label-GPE": "Cities.", "note": "First"}
    assert Visitor(manager).post(f"{path}edit/", **form).status_code == 302
    seen = words(Visitor(annotator).get(path))
    for piece in ("<strong>names</strong>", "Cities.", "<b>BERGEN</b>", "Harbours &lt;b&gt;too&lt;/b&gt;"):
        assert piece in seen
    assert "Cases that were decided" not in seen
    assert "First" in words(Visitor(annotator).get(f"{path}history/"))
    assert Visitor(manager).post(f"{path}edit/", text="x" * 300_000).status_code == 400


def test_who_wrote_at_the_same_time_is_not_overwritten_unseen(project: Project, manager: User) -> None:
    visitor, path = Visitor(manager), f"/projects/{project.slug}/guidelines/edit/"
    change_guidelines(project=project, text="Theirs.", labels={}, by=None)
    answer = visitor.post(path, text="Mine.", seen="0")
    assert answer.status_code == 400
    assert "Version 1 came while you wrote." in words(answer)
    assert 'name="seen" value="1"' in words(answer)
    assert visitor.post(path, text="Mine.", seen="1").status_code == 302
    assert [text for _, text, _ in _numbers(project)] == ["Theirs.", "Mine."]
