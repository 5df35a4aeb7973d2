from __future__ import annotations

import pytest
from django.http import Http404

from annotator.lib.errors import Refused
from annotator.users.models import Project, Role, User
from articles.access.articles import get_article_for
from articles.access.layers import get_layer_for
from articles.domain.bulk_edits import RELABEL, Wish
from articles.domain.spans import Suggestion
from articles.models import Article, KnownArticle, KnownReading, Layer, ProjectEngine, Status
from articles.queries.agreement.figures import AgreementFilter, agreement_of
from articles.queries.articles import ArticleFilter, find_articles, status_counts
from articles.queries.assignments.reviews import next_for_review
from articles.queries.concordance.search import Search
from articles.queries.editor.opening import editor_bootstrap
from articles.queries.gold.approved import to_learn_from
from articles.queries.layers.choice import LayerChoice
from articles.queries.projects.figures import people_progress
from articles.services.assignments.claiming import claim_article, claim_next, reopen_own, submit_article
from articles.services.gold.approving import approve
from articles.services.known_gold.exercises import mark_exercise
from articles.services.known_gold.known_articles import (
    add_known_articles,
    draw_known_articles,
    remove_known_article,
)
from articles.services.projects.managing import change_project
from articles.services.runs.layers import write_layers
from tests.builders import add_span, annotate, make_article, make_member, make_submitted
from tests.scenarios.bulk_edits import change_in_bulk, places_of
from tests.scenarios.exercises import make_exercise, make_gold
from tests.scenarios.known_articles import a_day_later, hand_in_known, make_known, take_known


def found(project: Project, user: User, **wanted: str) -> set[Article]:
    return set(find_articles(project, ArticleFilter(**wanted), user=user))  # type: ignore[arg-type]


def test_only_gold_that_annotators_find_nowhere_else_joins(project: Project, manager: User) -> None:
    gold, exercise = make_gold(project, manager), make_exercise(project, manager)
    ids = [gold.pk, exercise.article_id, make_article(project).pk]
    assert add_known_articles(project=project, articles=ids, by=manager) == 1
    assert add_known_articles(project=project, articles=ids, by=manager) == 0
    known = KnownArticle.objects.get()
    assert known.article == gold
    with pytest.raises(Refused, match="test set"):
        mark_exercise(project=project, article=gold.pk, kind="practice", note="", by=manager)
    remove_known_article(known=known)
    assert draw_known_articles(project=project, count=5, by=manager) == 1
    assert KnownArticle.objects.of(project).get() == known


def test_a_copy_comes_once_and_then_ordinary_work(
    project: Project, manager: User, reviewer: User, annotator: User
) -> None:
    original, ordinary = make_known(project, manager), make_article(project)
    copy = take_known(project, annotator)
    assert claim_next(project=project, user=annotator) == copy
    assert (copy.text, copy.status, copy.created_at) == (original.text, "in_progress", original.created_at)
    hand_in_known(copy, annotator)
    assert claim_next(project=project, user=annotator) == ordinary
    assert claim_next(project=project, user=reviewer) is None
    assert KnownReading.objects.count() == 1


def test_nobody_is_given_what_they_worked_on(project: Project, manager: User, annotator: User) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    approve(article=article, by=manager)
    change_project(project=project, changes={"known_share": 100})
    assert add_known_articles(project=project, articles=[article.pk], by=manager) == 1
    assert claim_next(project=project, user=annotator) is None
    assert article in found(project, annotator)
    take_known(project, make_member(project))


def test_it_looks_like_any_other_article(project: Project, manager: User, annotator: User) -> None:
    original = make_known(project, manager, external_id="wire-7")
    engine = ProjectEngine.objects.get(project=project, name="newswire")
    suggested = [Suggestion(25, 39, "PERSON", 0.9)]
    write_layers(engine=engine, version="1", articles=[original], suggestions=[suggested])
    make_submitted(make_article(project), make_member(project))
    copy = take_known(project, annotator)
    article, caller = get_article_for(annotator, copy.pk)
    boot = editor_bootstrap(caller, article, review=False)
    assert boot["layer"]["editable"]
    assert [one["label"] for one in boot["suggestions"]] == ["PERSON"]
    assert boot["queue"] == {"position": 1, "total": 2, "done_today": 0}
    assert article.external_id == "wire-7"
    assert found(project, annotator, status="in_progress") == {copy}
    assert copy in found(project, annotator, q="Ellingsen")
    assert sum(status_counts(project, annotator).values()) == 2
    assert get_layer_for(caller, article, "engine:newswire")
    with pytest.raises(Http404):
        get_layer_for(caller, article, "gold")


def test_annotators_do_not_find_the_original_nor_others_the_copy(
    project: Project, manager: User, reviewer: User, annotator: User
) -> None:
    original = make_known(project, manager)
    copy = take_known(project, annotator)
    with pytest.raises(Http404):
        get_article_for(annotator, original.pk)
    for other in (reviewer, manager, make_member(project)):
        with pytest.raises(Http404):
            get_article_for(other, copy.pk)
    assert found(project, annotator) == {copy}
    assert found(project, annotator, label="GPE") == set()
    assert found(project, manager) == found(project, manager, status="gold") == {original}
    assert found(project, make_member(project)) == set()


def test_own_marks_in_a_copy_are_found_and_changed_in_bulk_like_others(
    project: Project, manager: User, annotator: User
) -> None:
    make_known(project, manager)
    copy = take_known(project, annotator)
    annotate(copy, annotator)
    search = Search("Ellingsen", labelled="", layer=LayerChoice("user", annotator.username))
    assert [place.article for place in places_of(project, search, annotator)] == [copy.pk]
    own = Search(labelled="PERSON", layer=search.layer)
    change_in_bulk(project, annotator, Wish(RELABEL, "ORG", of="PERSON"), own, gold=False)
    assert Layer.objects.get(article=copy, user=annotator).spans.get().label == "ORG"


def test_what_is_handed_in_is_scored_and_changes_nothing_real(
    project: Project, manager: User, annotator: User
) -> None:
    original = make_known(project, manager)
    before = list(Layer.objects.filter(article=original).values_list("pk", "version", "approved_at"))
    copy = take_known(project, annotator)
    wrong = (add_span(30, 39), add_span(50, 55, "ORG"), add_span(0, 6, "GPE"))
    reading = hand_in_known(copy, annotator, *wrong)
    assert (reading.in_gold, reading.given, reading.same, reading.overlapping) == (2, 3, 1, 2)
    assert list(Layer.objects.filter(article=original).values_list("pk", "version", "approved_at")) == before
    assert not Layer.objects.gold().filter(article=copy).exists()
    assert next_for_review(project) is None
    assert agreement_of(project, AgreementFilter())["articles"] == 0
    assert original not in to_learn_from(project)
    done = {who: people_progress(project, who) for who in (manager, annotator)}
    counts = {who: next(one["submitted"] for one in rows if one["username"] == annotator.username)
              for who, rows in done.items()}  # fmt: skip
    assert counts == {manager: 0, annotator: 1}


def test_it_may_be_taken_back_until_its_answers_are_shown(
    project: Project, manager: User, annotator: User
) -> None:
    make_known(project, manager)
    copy = take_known(project, annotator)
    hand_in_known(copy, annotator, add_span())
    reopen_own(article=copy, by=annotator)
    assert KnownReading.objects.get().same is None
    annotate(copy, annotator, add_span(0, 6, "GPE"))
    submit_article(article=copy, by=annotator)
    reading = KnownReading.objects.get()
    assert reading.same == 2
    a_day_later(reading)
    with pytest.raises(Refused, match="have been shown"):
        reopen_own(article=copy, by=annotator)


def test_who_becomes_a_reviewer_keeps_their_copy_and_gets_no_more(
    project: Project, manager: User, annotator: User
) -> None:
    make_known(project, manager)
    copy = take_known(project, annotator)
    project.memberships.filter(user=annotator).update(role=Role.REVIEWER)
    claim_article(article=copy, user=annotator)
    assert claim_next(project=project, user=annotator) == copy
    hand_in_known(copy, annotator)
    make_known(project, manager)
    assert claim_next(project=project, user=annotator) is None
    assert copy.status == Status.IN_PROGRESS
