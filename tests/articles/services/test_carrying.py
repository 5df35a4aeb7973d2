from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import pytest

from annotator.lib.errors import Refused
from annotator.users.models import AuditEntry, Project, User, Verb
from articles.access.articles import get_article_for
from articles.domain.layers.edits import EditRequest
from articles.domain.spans import Span
from articles.models import Article, Assignment, Layer, ProjectEngine, Status
from articles.models import Span as SpanRow
from articles.queries.editor.opening import editor_bootstrap
from articles.queries.engines.cards import reading_engines
from articles.queries.layers.bodies import open_suggestions
from articles.services import carrying
from articles.services.assignments.claiming import submit_article
from articles.services.carrying import CarriedOver, carry_gold_over, carry_over_where_due
from articles.services.engines.managing import change_engine
from articles.services.gold.approving import approve, send_back
from articles.services.known_gold.exercises import mark_exercise, retire_exercise
from articles.services.projects.managing import change_project
from articles.services.runs.running import start_run
from articles.services.twins import catch_up
from tests.at_once import at_once
from tests.builders import add_span, annotate, make_article, make_member, make_span

STORY = "BERGEN. Mara Ellingsen of Northline Press said on Monday that the ferry sails after all winter. "
REST = "The mayor thanked the shipyard, and nobody had to leave the islands while it was repaired there."


def span_of(text: str, words: str, label: str) -> Span:
    return make_span(text.index(words), text.index(words) + len(words), label)


def offered(article: Article) -> list[str]:
    return [article.text[one["start"] : one["end"]] for one in open_suggestions(article, None)]


@pytest.fixture
def story(project: Project) -> Sequence[Article]:
    """Three articles, of which the first is gold: a person, and the day, which the third has differently."""
    text = STORY + REST
    spans = (span_of(text, "Mara Ellingsen", "PERSON"), span_of(text, "Monday", "GPE"))
    told = [
        make_article(project, text=text, spans=spans),
        make_article(project, text=f"Print.\n\n{text}"),
        make_article(project, text=text.replace("Monday", "Tuesday")),
    ]
    catch_up(project=project)
    return told


def test_gold_is_suggested_where_the_words_are_the_same(story: Sequence[Article]) -> None:
    gold, reprint, update = story
    assert carry_gold_over(article=gold, by=None) == CarriedOver(articles=2, spans=3, doubtful=1, left=0)
    assert offered(reprint) == ["Mara Ellingsen", "Monday"]
    assert offered(update) == ["Mara Ellingsen"]
    assert not Layer.objects.exclude(kind=Layer.Kind.ENGINE).filter(article__in=[reprint, update]).exists()
    reprint.refresh_from_db()
    assert reprint.status == Status.SUGGESTED


def test_twice_is_as_good_as_once(story: Sequence[Article]) -> None:
    carry_gold_over(article=story[0], by=None)
    before = set(SpanRow.objects.values_list("id", "layer", "start"))
    assert carry_gold_over(article=story[0], by=None).articles == 0
    assert set(SpanRow.objects.values_list("id", "layer", "start")) == before


@pytest.mark.django_db(transaction=True)
def test_at_once_it_is_carried_to_each_article_once(story: Sequence[Article]) -> None:
    gold, reprint, _ = story
    carry_gold_over(article=gold, by=None, among=[reprint.pk])
    at_once(3, lambda _: carry_gold_over(article=gold, by=None))
    logged = AuditEntry.objects.filter(verb=Verb.CARRIED_OVER)
    assert sum(one.data["articles"] for one in logged) == 2


def test_gold_that_was_changed_takes_the_place_of_what_was_carried(
    story: Sequence[Article], reviewer: User
) -> None:
    carry_gold_over(article=story[0], by=None)
    send_back(article=story[0], by=reviewer, comment="")
    with pytest.raises(Refused, match="not gold yet"):
        carry_gold_over(article=story[0], by=None)
    SpanRow.objects.filter(layer__article=story[0], label="GPE").delete()
    Layer.objects.filter(article=story[0], kind=Layer.Kind.GOLD).update(version=9)
    approve(article=story[0], by=reviewer)
    assert carry_gold_over(article=story[0], by=None).articles == 2
    assert offered(story[1]) == ["Mara Ellingsen"]


def test_what_a_person_accepted_or_did_stays(story: Sequence[Article], annotator: User) -> None:
    own = span_of(story[1].text, "Mara Ellingsen", "PERSON")
    annotate(story[1], annotator, add_span(own.start, own.end))
    carry_gold_over(article=story[0], by=None)
    layer = Layer.objects.get(article=story[1], user=annotator)
    assert [one["label"] for one in open_suggestions(story[1], layer)] == ["GPE"]
    assert layer.spans.count() == 1


def test_what_is_more_waits_for_the_next_time(
    story: Sequence[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "MOST_AT_ONCE", 1)
    assert carry_gold_over(article=story[0], by=None).left == 1
    assert carry_gold_over(article=story[0], by=None).left == 0


def test_a_project_that_wants_it_carries_gold_over_by_itself(
    story: Sequence[Article], project: Project, reviewer: User
) -> None:
    assert carry_over_where_due() == 0
    change_project(project=project, changes={"carries_over": True})
    assert [carry_over_where_due(), carry_over_where_due()] == [2, 0]
    assert offered(story[1]) == ["Mara Ellingsen", "Monday"]
    entry = AuditEntry.objects.get(verb="carried-over")
    assert (entry.by, entry.data) == (None, {"articles": 2, "spans": 3, "doubtful": 1})
    send_back(article=story[0], by=reviewer, comment="")
    assert carry_over_where_due() == 0
    Layer.objects.filter(article=story[0], kind=Layer.Kind.GOLD).update(version=9)
    approve(article=story[0], by=reviewer)
    approve(article=story[1], by=reviewer)
    assert carry_over_where_due() == 1


def test_what_an_annotator_handed_in_is_suggested_to_them_alone_in_the_reprints(
    story: Sequence[Article], project: Project, annotator: User
) -> None:
    colleague = make_member(project)
    change_project(project=project, changes={"carries_over": True})
    mayor = span_of(story[1].text, "mayor", "PERSON")
    annotate(story[1], annotator, add_span(mayor.start, mayor.end))

    def mine(user: User) -> list[tuple[str, list[str]]]:
        article, caller = get_article_for(user, story[2].pk)
        found = editor_bootstrap(caller, article, review=False)["suggestions"]
        return [(article.text[one["start"] : one["end"]], one["sources"]) for one in found]

    assert mine(annotator) == []
    submit_article(article=story[1], by=annotator)
    assert mine(annotator) == [("mayor", ["you"])]
    assert mine(colleague) == []
    place = story[2].text.index("mayor")
    rejected = {"start": place, "end": place + 5, "label": "PERSON"}
    annotate(story[2], annotator, EditRequest(uuid4(), "reject_suggestion", rejected))
    assert mine(annotator) == []


def test_own_work_is_not_suggested_where_an_article_is_given_without_suggestions(
    story: Sequence[Article], project: Project, annotator: User
) -> None:
    change_project(project=project, changes={"carries_over": True})
    mayor = span_of(story[1].text, "mayor", "PERSON")
    annotate(story[1], annotator, add_span(mayor.start, mayor.end))
    submit_article(article=story[1], by=annotator)
    Assignment.objects.create(article=story[2], user=annotator, blind=True)
    article, caller = get_article_for(annotator, story[2].pk)
    assert editor_bootstrap(caller, article, review=False)["suggestions"] == []


def test_it_is_an_engine_that_takes_part_in_no_run_and_can_be_switched_off(
    story: Sequence[Article], project: Project, manager: User
) -> None:
    carry_gold_over(article=story[0], by=None)
    engine = ProjectEngine.objects.get(project=project, kind="carried")
    assert engine not in reading_engines(project)
    with pytest.raises(Refused, match="at least one engine"):
        start_run(project=project, engines=[engine], article_ids=[story[1].pk], by=manager, enqueue=print)
    change_engine(engine=engine, enabled=False)
    assert offered(story[1]) == []
    with pytest.raises(Refused, match="switched off"):
        carry_gold_over(article=story[0], by=None)


def test_answers_of_an_exercise_are_not_given_away(
    story: Sequence[Article], project: Project, manager: User
) -> None:
    change_project(project=project, changes={"practice_articles": 1})
    exercise = mark_exercise(project=project, article=story[0].pk, kind="practice", note="", by=manager)
    gold = Article.objects.select_related("project").get(pk=story[0].pk)
    with pytest.raises(Refused, match="is an exercise"):
        carry_gold_over(article=gold, by=None)
    retire_exercise(exercise=exercise)
    assert carry_gold_over(article=gold, by=None).articles == 2
