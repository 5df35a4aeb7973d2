from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from annotator.users.models import Project, User
from articles.models import Sitting
from articles.services.gold.approving import approve
from tests.articles.api.conftest import Api
from tests.builders import make_article, make_submitted


def test_progress_over_time_names_people_and_shows_time_to_managers_only(
    project: Project, annotator: User, reviewer: User, manager: User, call: Api
) -> None:
    Project.objects.filter(pk=project.pk).update(created_at=timezone.now() - timedelta(days=5))
    article = make_article(project)
    make_submitted(article, annotator)
    approve(article=article, by=reviewer)
    Sitting.objects.create(id=uuid4(), article=article, user=annotator, seconds=90)
    today = timezone.localdate().isoformat()
    path = f"projects/{project.slug}/progress/"
    found = call(manager, "GET", path).body
    assert (found["articles"], found["by_status"]["gold"]) == (1, 1)
    # The day before the project came, from which the first line is drawn, five days, and today.
    assert (found["step"], found["before"], len(found["standings"])) == ("day", today, 7)
    last = {"day": today, "not_begun": 0, "at_work": 0, "handed_in": 0, "gold": 1}
    assert found["standings"][-1] == last
    assert found["handed_in"] == [{"step": today, "username": "annotator", "count": 1}]
    assert found["active_seconds"] == [{"step": today, "username": "annotator", "seconds": 90}]
    assert found["paces"][0]["articles"] == 1
    assert found["labels"] == [{"name": "PERSON", "count": 1}]
    assert found["until_gold"] is None
    assert found["reviewers"] == [{"username": "reviewer", "approved": 1, "sent_back": 0}]
    seen_by_reviewer = call(reviewer, "GET", path).body
    assert (seen_by_reviewer["active_seconds"], seen_by_reviewer["paces"]) == ([], [])
    assert seen_by_reviewer["handed_in"] == found["handed_in"]


def test_a_period_that_cannot_be_is_named(project: Project, viewer: User, call: Api) -> None:
    answer = call(viewer, "GET", f"projects/{project.slug}/progress/?after=soon")
    assert answer.status == 400
    assert "after: Enter a valid date" in answer.body["detail"]
