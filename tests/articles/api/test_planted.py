"""Suggestions that are wrong on purpose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.domain.spans import Suggestion
from articles.models import Article, Layer, Plant, PlantAnswer, Span
from articles.queries.layers.bodies import open_suggestions
from articles.queries.suggestions.ids import suggestion_id
from articles.queries.suggestions.plants import drawn_plants, with_plants
from articles.services.assignments.claiming import claim_article, claim_next, reopen_own, submit_article
from articles.services.gold.approving import approve
from articles.services.plants import plant_suggestions
from articles.services.projects.managing import change_project
from articles.services.runs.layers import write_layers
from tests.articles.api.conftest import Api
from tests.builders import add_span, annotate, make_articles, make_member
from tests.scenarios.schema_changes import change, step

NAMES = [Suggestion(25, 39, "PERSON", 0.9), Suggestion(43, 58, "ORG", 0.8), Suggestion(8, 14, "GPE", 0.7)]


@pytest.fixture
def article(project: Project, annotator: User) -> Article:
    """An article given out with a plant for each suggestion."""
    change_project(project=project, changes={"planted_share": 10, "annotators_per_article": 2})
    (article,) = make_articles(project, 1)
    engine = project.engines.get(name="newswire")
    write_layers(engine=engine, version="1", articles=[article], suggestions=[NAMES])
    plant_suggestions(article=article, percent=100)
    claim_next(project=project, user=annotator)
    return article


def shown(article: Article, user: User, call: Api) -> dict[UUID, dict[str, Any]]:
    rows = call(user, "GET", f"articles/{article.pk}/editor/").body["suggestions"]
    return {UUID(row["id"]): row for row in rows}


def accept(article: Article, by: User, plant: Plant, label: str = "") -> None:
    taken = add_span(plant.start, plant.end, label or plant.label, suggestion=str(plant.pk))
    assert [one.status for one in annotate(article, by, taken).results] == ["applied"]


def test_giving_an_article_out_plants_some_where_the_project_wants_it(
    project: Project, annotator: User
) -> None:
    articles = make_articles(project, 30)
    engine = project.engines.get(name="newswire")
    write_layers(engine=engine, version="1", articles=articles, suggestions=[NAMES] * 30)
    assert claim_next(project=project, user=annotator)
    assert not Plant.objects.exists()
    change_project(project=project, changes={"planted_share": 10})
    for _ in range(29):
        given = claim_next(project=project, user=annotator)
        assert given
        submit_article(article=given, by=annotator)
    assert 1 <= Plant.objects.count() <= 20


def test_plants_are_shown_among_the_others_to_all_annotators_alike(
    article: Article, annotator: User, call: Api
) -> None:
    plants = {one.pk: one for one in Plant.objects.all()}
    assert len(plants) == 3
    seen = shown(article, annotator, call)
    assert plants.keys() <= seen.keys()
    assert seen == shown(article, make_member(article.project), call)
    for plant in plants.values():
        assert seen[plant.pk]["sources"] == ["newswire"]
        assert seen[plant.pk]["confidence"] in (0.7, 0.8, 0.9)
    body = call(annotator, "GET", f"articles/{article.pk}/editor/").body
    assert "10 in 100 suggestions are wrong on purpose" in body["about_plants"]


def test_a_suggestion_that_would_give_a_plant_away_is_not_shown(
    article: Article, annotator: User, call: Api
) -> None:
    places = [(row["start"], row["end"]) for row in shown(article, annotator, call).values()]
    assert len(places) == len(set(places))


def test_a_plant_has_the_id_that_its_engine_would_have_given_it(
    article: Article, annotator: User, call: Api
) -> None:
    engine = article.project.engines.get(name="newswire")
    for id_, row in shown(article, annotator, call).items():
        said = Suggestion(row["start"], row["end"], row["label"])
        assert str(id_) == suggestion_id(article.pk, engine.pk, said)


def test_how_sure_an_engine_is_comes_in_hundredths_so_that_no_two_numbers_are_each_others(
    article: Article, annotator: User, call: Api
) -> None:
    Plant.objects.update(confidence=0.8731249)
    rows = shown(article, annotator, call)
    assert {rows[one.pk]["confidence"] for one in Plant.objects.all()} == {0.87}


def test_who_looks_at_an_article_before_taking_it_sees_nothing_change(
    project: Project, annotator: User, call: Api
) -> None:
    change_project(project=project, changes={"planted_share": 10})
    articles = make_articles(project, 30)
    engine = project.engines.get(name="newswire")
    write_layers(engine=engine, version="1", articles=articles, suggestions=[NAMES] * 30)
    article = next(one for one in articles if drawn_plants(one, 10))
    before = shown(article, annotator, call)
    annotate(article, annotator, add_span(90, 95, "EVENT"))
    assert Plant.objects.exists()
    assert shown(article, annotator, call) == before


def test_engines_cannot_be_compared_with_what_is_shown_until_the_article_is_gold(
    article: Article, annotator: User, reviewer: User, call: Api
) -> None:
    layer = f"articles/{article.pk}/layers/engine:newswire/"
    found = f"projects/{article.project.slug}/articles/?label=PERSON"
    assert call(annotator, "GET", layer).status == 404
    assert call(annotator, "GET", f"articles/{article.pk}/layers/").body == []
    assert call(annotator, "GET", found).body["results"] == []
    submit_article(article=article, by=annotator)
    assert call(annotator, "GET", layer).status == 404
    approve(article=article, by=reviewer)
    assert call(annotator, "GET", layer).status == 200
    assert len(call(annotator, "GET", found).body["results"]) == 1


def test_no_link_leads_to_a_suggestion_that_is_hidden(article: Article, annotator: User) -> None:
    others = [{**one, "links": []} for one in open_suggestions(article, None)]
    links = [{name: one[name] for name in ("start", "end", "label")} for one in others]
    linked = {**others[0], "start": 0, "end": 6, "label": "GPE", "links": links}
    rows = with_plants([*others, linked], article, None, annotator)
    places = {(one["start"], one["end"], one["label"]) for one in rows}
    assert (0, 6, "GPE") in places
    assert {(to["start"], to["end"], to["label"]) for one in rows for to in one["links"]} <= places


def test_rejecting_a_plant_brings_nothing_in_its_place(article: Article, annotator: User, call: Api) -> None:
    before = shown(article, annotator, call)
    for plant in Plant.objects.all():
        refused = {"id": str(plant.pk), "start": plant.start, "end": plant.end, "label": plant.label}
        annotate(article, annotator, EditRequest(plant.pk, "reject_suggestion", refused))
    assert shown(article, annotator, call).keys() < before.keys()


def test_they_are_in_no_engine_layer_and_no_reviewer_or_viewer_gets_them(
    article: Article, reviewer: User, viewer: User, call: Api
) -> None:
    plants = set(Plant.objects.values_list("pk", flat=True))
    assert not Span.objects.filter(pk__in=plants).exists()
    assert not plants & shown(article, viewer, call).keys()
    review = call(reviewer, "GET", f"articles/{article.pk}/editor/?review=1").body
    assert not {str(one) for one in plants} & {row["id"] for row in review["suggestions"]}


def test_who_accepts_one_is_told_and_it_is_taken_out(
    article: Article, annotator: User, reviewer: User, call: Api
) -> None:
    taken, mended, refused = Plant.objects.order_by("start")
    accept(article, annotator, taken)
    accept(article, annotator, mended, "EVENT")
    rejection = {"id": str(refused.pk), "start": refused.start, "end": refused.end, "label": refused.label}
    annotate(article, annotator, EditRequest(refused.pk, "reject_suggestion", rejection))
    answer = call(annotator, "POST", f"articles/{article.pk}/submit/").body
    told = [{"by": annotator.username, "start": taken.start, "end": taken.end, "label": taken.label}]
    assert answer["planted"] == told
    kept = Span.objects.filter(layer__article=article, layer__kind=Layer.Kind.USER)
    assert [(one.start, one.label) for one in kept] == [(mended.start, "EVENT")]
    assert not Span.objects.filter(layer__kind=Layer.Kind.GOLD, start=taken.start, label=taken.label).exists()
    assert dict(PlantAnswer.objects.values_list("plant", "accepted")) == {
        taken.pk: True, mended.pk: False, refused.pk: False,
    }  # fmt: skip
    for user, query in ((annotator, ""), (reviewer, "?review=1")):
        assert call(user, "GET", f"articles/{article.pk}/editor/{query}").body["planted"] == told
    history = call(annotator, "GET", f"articles/{article.pk}/layers/me/history/").body
    assert (history[0]["op"], history[0]["by"]) == ("remove_span", None)


def test_the_first_answer_counts_and_none_is_shown_again(
    article: Article, annotator: User, call: Api
) -> None:
    plant = Plant.objects.order_by("start")[0]
    accept(article, annotator, plant)
    submit_article(article=article, by=annotator)
    reopen_own(article=article, by=annotator)
    assert not shown(article, annotator, call).keys() & set(Plant.objects.values_list("pk", flat=True))
    submit_article(article=article, by=annotator)
    assert PlantAnswer.objects.filter(user=annotator).count() == 3
    assert PlantAnswer.objects.get(user=annotator, accepted=True).plant == plant


def test_one_that_gold_has_was_right(article: Article, annotator: User, reviewer: User, call: Api) -> None:
    plant = Plant.objects.order_by("start")[0]
    accept(article, annotator, plant)
    submit_article(article=article, by=annotator)
    gold, _ = Layer.objects.get_or_create(article=article, kind=Layer.Kind.GOLD)
    Span.objects.create(id=plant.pk, layer=gold, start=plant.start, end=plant.end, label=plant.label)
    approve(article=article, by=reviewer)
    assert call(annotator, "GET", f"articles/{article.pk}/editor/").body["planted"] == []


def test_one_that_an_engine_says_by_now_may_be_right(article: Article, annotator: User, call: Api) -> None:
    plant = Plant.objects.order_by("start")[0]
    accept(article, annotator, plant)
    engine = article.project.engines.get(name="rules")
    said = [Suggestion(plant.start, plant.end, plant.label)]
    write_layers(engine=engine, version="1", articles=[article], suggestions=[said])
    assert call(annotator, "POST", f"articles/{article.pk}/submit/").body["planted"] == []
    assert Span.objects.filter(layer__user=annotator, suggestion=plant.pk).exists()


def test_a_label_that_is_renamed_meanwhile_hides_no_plant_that_was_accepted(
    article: Article, annotator: User, manager: User, call: Api
) -> None:
    plant = Plant.objects.order_by("start")[0]
    accept(article, annotator, plant)
    change(article.project, manager, step("rename", "label", plant.label, to="RENAMED"))
    left = set(Plant.objects.exclude(pk=plant.pk).values_list("pk", flat=True))
    assert shown(article, annotator, call).keys() & set(Plant.objects.values_list("pk", flat=True)) == left
    submit_article(article=article, by=annotator)
    assert not Span.objects.filter(layer__user=annotator).exists()
    assert PlantAnswer.objects.get(user=annotator, accepted=True).plant == plant


def test_switching_them_off_hides_those_that_are_open_at_once(
    article: Article, project: Project, annotator: User, call: Api
) -> None:
    first, *others = Plant.objects.order_by("start")
    accept(article, annotator, first)
    change_project(project=project, changes={"planted_share": 0})
    assert not {one.pk for one in others} & shown(article, annotator, call).keys()
    assert call(annotator, "GET", f"articles/{article.pk}/editor/").body["about_plants"] == ""
    article.project.refresh_from_db()
    submit_article(article=article, by=annotator)
    assert list(PlantAnswer.objects.values_list("plant", "accepted")) == [(first.pk, True)]


def test_who_works_blind_is_shown_none(article: Article, call: Api) -> None:
    blind = make_member(article.project)
    claim_article(article=article, user=blind)
    blind.assignments.update(blind=True)
    assert shown(article, blind, call) == {}
    submit_article(article=article, by=blind)
    assert not PlantAnswer.objects.filter(user=blind).exists()


def test_an_export_of_work_that_is_not_handed_in_has_none(
    article: Article, annotator: User, viewer: User, call: Api
) -> None:
    plant = Plant.objects.order_by("start")[0]
    accept(article, annotator, plant)
    other = add_span(70, 76, "EVENT")
    annotate(article, annotator, other)
    path = f"projects/{article.project.slug}/export/?format=jsonl&layer=user:{annotator.username}"
    answer = call(viewer, "GET", path)
    assert b'"EVENT"' in answer.raw
    assert f'"start":{plant.start}'.encode() not in answer.raw


def test_managers_set_the_share(project: Project, manager: User, annotator: User, call: Api) -> None:
    path = f"projects/{project.slug}/"
    assert call(manager, "PATCH", path, {"planted_share": 5}).body["planted_share"] == 5
    assert call(manager, "PATCH", path, {"planted_share": 11}).status == 400
    assert call(annotator, "PATCH", path, {"planted_share": 1}).status == 403
