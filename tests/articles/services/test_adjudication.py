"""From layers that differ to gold with a record of every decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.models import Article, Decision, DecisionReading, Layer, Span, Status
from articles.queries.gold.adjudication import adjudication_of, disagreements_body
from articles.services.adjudication import settle
from articles.services.assignments.claiming import submit_article
from articles.services.edits import edit_gold_layer
from articles.services.projects.managing import change_project
from tests.at_once import at_once
from tests.builders import add_span, annotate, make_article, make_member

Mention = tuple[int, int, str]
PERSON, PLACE, LAND = (25, 39, "PERSON"), (0, 6, "GPE"), (8, 14, "GPE")


def make_read(project: Project, *readings: list[Mention], rule: str = "reviewer") -> Article:
    """An article that as many people have read, and handed in."""
    changes = {"annotators_per_article": len(readings), "gold_rule": rule}
    change_project(project=project, changes=changes)
    article = make_article(project)
    for spans in readings:
        reader = make_member(project)
        if spans:
            annotate(article, reader, *(add_span(*one) for one in spans))
        submit_article(article=article, by=reader)
    article.refresh_from_db()
    return article


def gold_of(article: Article) -> set[Mention]:
    rows = Span.objects.filter(layer__article=article, layer__kind=Layer.Kind.GOLD)
    return set(rows.values_list("start", "end", "label"))


def decision(item: str, choice: str, reader: str = "") -> dict[str, Any]:
    return {"id": uuid4(), "item": item, "choice": choice, "reader": reader, "reason": ""}


def letter_of(article: Article, label: str) -> str:
    """The letter of a reader who gave the first words this label."""
    adjudication = adjudication_of(article)
    said = [one.spans[0].label if one.spans else "" for one in adjudication.found.items[0].said]
    return adjudication.letters[said.index(label)]


def test_a_reading_is_taken_and_the_decision_kept(project: Project, reviewer: User) -> None:
    article = make_read(project, [PERSON, PLACE], [PERSON, (0, 6, "LOC")])
    assert gold_of(article) == {PERSON}
    taken = decision("span:0-6", "reading", letter_of(article, "LOC")) | {"reason": "A harbour."}
    settle(article=article, by=reviewer, decisions=[taken])
    assert gold_of(article) == {PERSON, (0, 6, "LOC")}
    kept = Decision.objects.get()
    assert (kept.kind, kept.choice, kept.by, kept.reason) == ("label", "reading", reviewer, "A harbour.")
    assert sorted((one.said["spans"][0]["label"], one.upheld) for one in kept.readings.all()) == [
        ("GPE", False),
        ("LOC", True),
    ]
    assert disagreements_body(article, named=False)["decisions"] == [
        {"item": "span:0-6", "choice": "reading", "reader": taken["reader"], "reason": "A harbour."}
    ]


def test_a_decision_sent_twice_is_made_once(project: Project, reviewer: User) -> None:
    article = make_read(project, [PERSON, PLACE], [PERSON])
    taken = decision("span:0-6", "reading", letter_of(article, "GPE"))
    first = settle(article=article, by=reviewer, decisions=[taken])
    again = settle(article=article, by=reviewer, decisions=[taken])
    assert (again.version, again.results[-1].status) == (first.version, "duplicate")
    assert Decision.objects.count() == 1


def test_nobody_may_be_right_and_a_decision_be_taken_back(project: Project, reviewer: User) -> None:
    article = make_read(project, [PLACE], [(0, 6, "LOC")])
    settle(article=article, by=reviewer, decisions=[decision("span:0-6", "nobody")])
    assert gold_of(article) == set()
    assert not DecisionReading.objects.filter(upheld=True).exists()
    settle(article=article, by=reviewer, decisions=[decision("span:0-6", "open")])
    assert disagreements_body(article, named=False)["decisions"] == []
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("item", "choice", "reader"),
    [
        ("span:1-6", "nobody", ""),
        ("span:0-6", "reading", "C"),
        ("span:0-6", "reading", ""),
        ("span:0-6", "engine", ""),
    ],
)
def test_what_cannot_be_decided_is_refused_whole(
    project: Project, reviewer: User, item: str, choice: str, reader: str
) -> None:
    article = make_read(project, [PLACE], [(0, 6, "LOC")])
    wrong = [decision("span:0-6", "nobody"), decision(item, choice, reader)]
    with pytest.raises((Refused, Invalid)):
        settle(article=article, by=reviewer, decisions=wrong)
    assert not Decision.objects.exists()


def takes(label: str, reader: str, *, instead_of: tuple[str, str] | None = None) -> list[EditRequest]:
    """What the editor sends when a reviewer who saw `instead_of` takes this reading of the first words."""
    seen = instead_of and dict(zip(("choice", "reader"), instead_of, strict=True))
    data = {"item": "span:0-6", "choice": "reading", "reader": reader, "instead_of": seen}
    decide = EditRequest(uuid4(), "decide", data)
    return [decide, replace(add_span(0, 6, label), part_of=decide.id)]


def test_who_settles_what_is_settled_already_changes_nothing_until_they_have_seen_it(
    project: Project, reviewer: User
) -> None:
    article = make_read(project, [PLACE], [(0, 6, "LOC")])
    first, second = letter_of(article, "GPE"), letter_of(article, "LOC")
    edit_gold_layer(article=article, by=reviewer, edits=takes("GPE", first))
    late = takes("LOC", second)
    refused = edit_gold_layer(article=article, by=make_member(project, "reviewer"), edits=late)
    assert [one.status for one in refused.results] == ["rejected", "rejected"]
    assert refused.results[0].reason.startswith(f"{reviewer.name} has settled this meanwhile.")
    assert (gold_of(article), Decision.objects.count()) == ({PLACE}, 1)
    span = Span.objects.get(layer__kind=Layer.Kind.GOLD)
    decide, _ = takes("LOC", second, instead_of=("reading", first))
    relabel = EditRequest(uuid4(), "change_span", {"id": str(span.pk), "label": "LOC"}, decide.id)
    again = edit_gold_layer(article=article, by=reviewer, edits=[decide, relabel])
    assert [one.status for one in again.results] == ["applied", "applied"]
    assert gold_of(article) == {(0, 6, "LOC")}


def test_what_belongs_to_a_decision_falls_with_it_though_it_comes_later(
    project: Project, reviewer: User
) -> None:
    article = make_read(project, [PLACE], [(0, 6, "LOC")])
    first, second = letter_of(article, "GPE"), letter_of(article, "LOC")
    decide, part = takes("GPE", first)
    edit_gold_layer(article=article, by=reviewer, edits=[decide])
    other = takes("LOC", second, instead_of=("reading", first))
    edit_gold_layer(article=article, by=reviewer, edits=other)
    assert edit_gold_layer(article=article, by=reviewer, edits=[part]).results[0].status == "rejected"
    assert gold_of(article) == {(0, 6, "LOC")}


@pytest.mark.django_db(transaction=True)
def test_of_six_reviewers_who_settle_the_same_at_once_one_is_followed(
    project: Project, reviewer: User
) -> None:
    article = make_read(project, [PLACE], [(0, 6, "LOC")])
    letters = {label: letter_of(article, label) for label in ("GPE", "LOC")}

    def settle_it(number: int) -> None:
        label = ("GPE", "LOC")[number % 2]
        edit_gold_layer(article=article, by=reviewer, edits=takes(label, letters[label]))

    at_once(6, settle_it)
    (made,) = Decision.objects.all()
    ((_, _, label),) = gold_of(article)
    assert made.reader == letters[label]


def test_a_decision_is_an_edit_of_gold_only(project: Project, reviewer: User) -> None:
    article = make_read(project, [PLACE], [(0, 6, "LOC")])
    edit = EditRequest(uuid4(), "decide", {"item": "span:0-6", "choice": "own"})
    assert edit_gold_layer(article=article, by=reviewer, edits=[edit]).results[0].status == "applied"
    other = make_article(project)
    own = EditRequest(uuid4(), "decide", {"item": "span:0-6", "choice": "own"})
    assert annotate(other, reviewer, own).results[0].status == "rejected"
    assert Decision.objects.count() == 1


def test_decisions_never_change(project: Project, reviewer: User) -> None:
    article = make_read(project, [PLACE], [(0, 6, "LOC")])
    settle(article=article, by=reviewer, decisions=[decision("span:0-6", "nobody")])
    for rows in (Decision.objects.all(), DecisionReading.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(id=0)


def test_a_decision_does_not_outlive_what_it_was_made_on(project: Project, reviewer: User) -> None:
    article = make_read(project, [PLACE], [(0, 6, "LOC")])
    settle(article=article, by=reviewer, decisions=[decision("span:0-6", "nobody")])
    layer = Layer.objects.by_people().filter(article=article, spans__label="LOC").get()
    layer.spans.update(label="FAC")
    body = disagreements_body(article, named=False)
    assert (len(body["items"]), body["decisions"]) == (1, [])


def test_readers_are_letters_unless_the_project_shows_them(project: Project) -> None:
    article = make_read(project, [PLACE], [PLACE])
    assert [one["name"] for one in disagreements_body(article, named=False)["readers"]] == ["", ""]
    assert all(one["name"] for one in disagreements_body(article, named=True)["readers"])


def test_where_all_agree_no_reviewer_is_needed(project: Project) -> None:
    article = make_read(project, [PERSON, PLACE], [PLACE, PERSON], rule="agreement")
    assert (article.status, gold_of(article)) == (Status.GOLD, {PERSON, PLACE})
    assert make_read(project, [PERSON], [PLACE], rule="agreement").status == Status.SUBMITTED
    assert make_read(project, [PERSON], rule="agreement").status == Status.SUBMITTED


def test_most_of_three_decide_and_ties_are_for_the_reviewer(project: Project) -> None:
    article = make_read(project, [PERSON, PLACE], [PERSON], [PERSON, PLACE], rule="majority")
    assert (article.status, gold_of(article)) == (Status.GOLD, {PERSON, PLACE})
    kept = Decision.objects.get()
    assert (kept.choice, kept.by, kept.readings.filter(upheld=True).count()) == ("majority", None, 2)
    tied = make_read(project, [PLACE, LAND], [(0, 6, "LOC"), LAND], [(0, 6, "FAC")], rule="majority")
    assert (tied.status, gold_of(tied)) == (Status.SUBMITTED, {LAND})
