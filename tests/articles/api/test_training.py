from __future__ import annotations

from annotator.users.models import Project, User
from articles.models import Job, ProjectEngine
from tests.articles.api.conftest import Api
from tests.scenarios.training import gold, train


def test_versions_tell_how_good_they_are(
    project: Project, learner: ProjectEngine, viewer: User, call: Api
) -> None:
    gold(project, 20)
    train(learner)
    train(learner, {"only": "PERSON"})
    answer = call(viewer, "GET", f"projects/{project.slug}/engines/words/versions/")
    assert [(one["number"], one["state"]) for one in answer.body] == [(2, "refused"), (1, "live")]
    value, low, high = answer.body[1]["figures"]["scores"]["exact"]["micro"]["f1"]
    assert 0 < low <= value <= high <= 1
    assert answer.body[0]["reason"].startswith("Not better")


def test_training_starts_by_hand_once(
    project: Project, learner: ProjectEngine, manager: User, call: Api
) -> None:
    gold(project, 10, step=8)
    answers = [call(manager, "POST", f"projects/{project.slug}/engines/words/train/") for _ in range(2)]
    assert [answer.status for answer in answers] == [202, 202]
    assert answers[0].body["id"] == answers[1].body["id"] == Job.objects.get().pk
    assert answers[0].body["kind"] == "train"


def test_who_may_not_and_what_cannot_learn(
    project: Project, learner: ProjectEngine, manager: User, annotator: User, call: Api
) -> None:
    path = f"projects/{project.slug}/engines/words/train/"
    assert call(annotator, "POST", path).status == 403
    answer = call(manager, "POST", path)
    assert answer.status == 409
    assert "10th gold article" in answer.body["detail"]
    assert call(manager, "POST", path.replace("words", "newswire")).status == 409
    assert call(manager, "POST", path.replace("words", "nothing")).status == 404
