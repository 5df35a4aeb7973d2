from __future__ import annotations

from annotator.users.models import Project, User
from articles.services.known_gold.exercises import begin_attempt
from tests.articles.api.conftest import Api
from tests.builders import add_span, make_member
from tests.scenarios.exercises import hand_in, make_exercise, make_gold
from tests.scenarios.known_articles import a_day_later, hand_in_known, make_known, take_known


def test_scores_and_readings_are_for_reviewers_and_a_day_later_for_the_person(
    project: Project, manager: User, reviewer: User, annotator: User, call: Api
) -> None:
    make_known(project, manager)
    copy = take_known(project, annotator)
    reading = hand_in_known(copy, annotator, add_span(30, 39), add_span(50, 55, "ORG"))
    scores, readings = f"projects/{project.slug}/known/", f"projects/{project.slug}/known/readings/"
    held = {"articles": 1, "f1": None}
    row = {"username": annotator.username, "exact": held, "overlap": held, "weeks": []}
    assert call(reviewer, "GET", scores).body == [row]
    assert call(annotator, "GET", scores).body == [
        row | dict.fromkeys(("exact", "overlap"), held | {"articles": 0})
    ]
    assert call(annotator, "GET", readings).body["results"] == []
    assert call(annotator, "GET", f"{readings}{reading.pk}/").status == 404
    (listed,) = call(reviewer, "GET", readings).body["results"]
    assert (listed["in_gold"], listed["given"], listed["same"], listed["overlapping"]) == (2, 2, 0, 1)
    a_day_later(reading)
    found = call(annotator, "GET", f"{readings}{reading.pk}/").body["answers"]
    assert [one["fault"] for one in found["differences"]] == ["missed", "boundary", "extra"]
    assert found["differences"][0] == {
        "fault": "missed",
        "gold": {"start": 0, "end": 6, "label": "GPE"},
        "given": None,
    }
    assert call(make_member(project), "GET", f"{readings}{reading.pk}/").status == 404


def test_managers_fill_the_test_set(project: Project, manager: User, reviewer: User, call: Api) -> None:
    first, _second = make_gold(project, manager), make_gold(project, manager)
    path = f"projects/{project.slug}/known/articles/"
    assert call(manager, "POST", path, {"articles": [first.pk, 10**9]}).body == {"added": 1}
    assert call(manager, "POST", path, {"draw": 5}).body == {"added": 1}
    for wrong in ({}, {"draw": 0}, {"draw": 1, "articles": []}, {"articles": ["x"]}, {"articles": [2**70]}):
        assert call(manager, "POST", path, wrong).status == 400
    assert call(reviewer, "GET", path).status == 403
    rows = call(manager, "GET", path).body
    assert (rows[0]["article"], rows[0]["given"], rows[0]["f1"]) == (first.pk, 0, None)
    assert call(manager, "DELETE", f"{path}{rows[0]['id']}/").status == 204
    assert len(call(manager, "GET", path).body) == 1


def test_attempts_are_read_by_whose_they_are_and_by_managers(
    project: Project, manager: User, reviewer: User, annotator: User, call: Api
) -> None:
    exercise = make_exercise(project, manager)
    attempt = hand_in(exercise, annotator, add_span())
    again = begin_attempt(project=project, exercise=exercise, user=annotator)
    path = f"projects/{project.slug}/attempts/"
    assert call(annotator, "GET", f"projects/{project.slug}/exercises/").body[0]["kind"] == "practice"
    rows = call(annotator, "GET", path).body["results"]
    assert [(one["id"], one["counts"]) for one in rows] == [(again.pk, True), (attempt.pk, False)]
    assert rows == call(manager, "GET", path).body["results"]
    assert call(reviewer, "GET", path).body["results"] == []
    found = call(annotator, "GET", f"{path}{attempt.pk}/").body
    assert [one["fault"] for one in found["answers"]["differences"]] == ["missed"]
    assert call(annotator, "GET", f"{path}{again.pk}/").body["answers"] is None
    assert call(reviewer, "GET", f"{path}{attempt.pk}/").status == 404
