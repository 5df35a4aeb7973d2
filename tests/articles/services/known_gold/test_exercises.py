from __future__ import annotations

from uuid import uuid4

import pytest
from django.http import Http404

from annotator.lib.errors import NotPermitted, Refused
from annotator.users.models import Membership, Project, User
from annotator.users.services.members import remove_member
from articles.access.caller import Caller, get_project_for
from articles.access.layers import may_see_layer
from articles.domain.layers.edits import EditRequest
from articles.models import Article, Assignment, Attempt, Clearance, Layer, Status
from articles.queries.articles import ArticleFilter, find_articles
from articles.queries.known_gold.attempts import attempt_result
from articles.queries.known_gold.exercises import training_standing
from articles.queries.threads import threads_of
from articles.services.assignments.claiming import claim_article, claim_next, reopen_own
from articles.services.known_gold.clearances import TrainingFirst, give_another_try, let_through
from articles.services.known_gold.exercises import begin_attempt, mark_exercise, retire_exercise
from articles.services.projects.managing import change_project
from articles.services.threads import begin_thread
from tests.builders import add_span, annotate, make_article, make_member, make_submitted
from tests.scenarios.exercises import hand_in, make_exercise


@pytest.fixture
def trained(project: Project) -> Project:
    """A project that asks for one practice article and 80 % in the tests."""
    return change_project(project=project, changes={"practice_articles": 1, "pass_mark": 80})


def test_only_approved_gold_can_be_an_exercise(project: Project, manager: User) -> None:
    with pytest.raises(Refused, match="approved"):
        mark_exercise(project=project, article=make_article(project).pk, kind="test", note="", by=manager)


def test_nobody_works_before_they_have_practised_and_passed(
    trained: Project, manager: User, annotator: User
) -> None:
    practice, test = make_exercise(trained, manager), make_exercise(trained, manager, "test")
    article = make_article(trained)
    for begin in (
        lambda: claim_next(project=trained, user=annotator),
        lambda: claim_article(article=article, user=annotator),
        lambda: annotate(article, annotator),
    ):
        with pytest.raises(TrainingFirst, match="Training page"):
            begin()
    with pytest.raises(Refused, match="practice articles first"):
        begin_attempt(project=trained, exercise=test, user=annotator)
    hand_in(practice, annotator, add_span())
    hand_in(test, annotator)
    assert claim_next(project=trained, user=annotator) == article
    assert Clearance.objects.get().by is None


def test_who_falls_short_may_be_given_another_try(trained: Project, manager: User, annotator: User) -> None:
    hand_in(make_exercise(trained, manager), annotator)
    test = make_exercise(trained, manager, "test")
    attempt = hand_in(test, annotator, add_span(30, 39), add_span(0, 6, "GPE"))
    assert (attempt.exact, attempt.overlap, attempt.labels) == (0.5, 1.0, 1.0)
    assert training_standing(trained, annotator).has_failed
    with pytest.raises(Refused, match="counts once"):
        begin_attempt(project=trained, exercise=test, user=annotator)
    assert give_another_try(project=trained, user=annotator) == 1
    hand_in(test, annotator)
    assert training_standing(trained, annotator).is_passed
    change_project(project=trained, changes={"pass_mark": 100, "practice_articles": 5})
    assert training_standing(trained, annotator).is_passed


def test_managers_let_people_through_and_are_exempt(trained: Project, manager: User, annotator: User) -> None:
    make_exercise(trained, manager, "test")
    article = make_article(trained)
    assert claim_next(project=trained, user=manager) == article
    let_through(project=trained, user=annotator, by=manager)
    let_through(project=trained, user=annotator, by=manager)
    assert Clearance.objects.get().by == manager
    assert claim_next(project=trained, user=annotator) is None


def test_without_exercises_and_for_those_at_work_nothing_is_closed(
    trained: Project, manager: User, annotator: User
) -> None:
    article = make_article(trained)
    assert claim_next(project=trained, user=annotator) == article
    exercise, newcomer = make_exercise(trained, manager), make_member(trained)
    make_submitted(article, annotator)
    assert training_standing(trained, annotator).is_passed
    assert not training_standing(trained, newcomer).is_passed
    retire_exercise(exercise=exercise)
    assert training_standing(trained, newcomer).is_passed


def test_practice_is_tried_again_on_a_new_copy(project: Project, manager: User, annotator: User) -> None:
    exercise = make_exercise(project, manager)
    first = hand_in(exercise, annotator, add_span())
    again = begin_attempt(project=project, exercise=exercise, user=annotator)
    assert again == begin_attempt(project=project, exercise=exercise, user=annotator)
    assert again.copy != first.copy
    assert Attempt.objects.counting().get() == again


def test_the_real_article_knows_nothing_of_it(project: Project, manager: User, annotator: User) -> None:
    exercise = make_exercise(project, manager)
    before = list(Layer.objects.filter(article=exercise.article).values_list("pk", "version"))
    attempt = hand_in(exercise, annotator, add_span())
    assert list(Layer.objects.filter(article=exercise.article).values_list("pk", "version")) == before
    assert not Assignment.objects.of(annotator).filter(article__project=project).exists()
    assert Article.objects.of(project).count() == 1
    assert list(Project.objects.visible_to(annotator)) == [project]
    assert list(Article.objects.visible_to(annotator)) == [exercise.article]
    assert attempt.copy.project not in Project.objects.live()
    with pytest.raises(Http404):
        get_project_for(annotator, attempt.copy.project.slug)


def test_a_copy_is_handed_in_once_and_nobody_else_s(project: Project, manager: User, annotator: User) -> None:
    exercise = make_exercise(project, manager)
    attempt, other = hand_in(exercise, annotator), make_member(project)
    hand_in(exercise, other, add_span())
    copy = Article.objects.get(pk=attempt.copy_id)
    with pytest.raises(Refused, match="once"):
        reopen_own(article=copy, by=annotator)
    with pytest.raises(NotPermitted):
        annotate(copy, other)
    remove_member(project=project, user=other)
    assert not Membership.objects.filter(user=other).exists()


def test_answers_stay_hidden_until_they_are_given(trained: Project, manager: User, annotator: User) -> None:
    exercise, caller = make_exercise(trained, manager), Caller(annotator, trained, "annotator")
    article = Article.objects.select_related("project").get(pk=exercise.article_id)
    assert article.status == Status.GOLD
    assert not may_see_layer(caller, article, "gold")
    hand_in(exercise, annotator)
    assert may_see_layer(caller, article, "gold")


def test_attributes_and_relations_are_scored_and_explained(
    project: Project, manager: User, annotator: User
) -> None:
    exercise = make_exercise(project, manager)
    person, place = str(uuid4()), str(uuid4())
    link = {"id": str(uuid4()), "type": "COREF", "source": person, "target": place}
    edits = [
        add_span(id=person),
        add_span(0, 6, "GPE", id=place),
        EditRequest(uuid4(), "add_relation", link),
    ]
    attempt = hand_in(exercise, annotator, *edits)
    assert (attempt.exact, attempt.relations, attempt.attributes) == (1.0, 0.0, None)
    (row,) = attempt_result(attempt).links
    assert (row.kind, row.gold) == ("chain", "nothing")


def test_comments_on_an_exercise_tell_no_answer(project: Project, manager: User, annotator: User) -> None:
    article = make_exercise(project, manager).article
    for by in (manager, annotator):
        begin_thread(article=article, by=by, thread=uuid4(), comment=uuid4(), text="GPE?", place=None)
    assert len(threads_of(article, manager)) == 2
    assert [one["comments"][0]["by"]["username"] for one in threads_of(article, annotator)] == ["annotator"]


def test_a_search_for_a_label_tells_no_answer(trained: Project, manager: User, annotator: User) -> None:
    exercise = make_exercise(trained, manager)
    wanted = ArticleFilter(label="PERSON")
    assert not find_articles(trained, wanted, user=annotator).exists()
    assert find_articles(trained, wanted, user=manager).get() == exercise.article
    hand_in(exercise, annotator, add_span())
    assert find_articles(trained, wanted, user=annotator).exists()
