from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from annotator.users.models import Project, User
from articles.models import Sitting
from articles.services.assignments.sittings import record_time
from tests.builders import make_article


def test_the_greatest_report_of_a_sitting_counts(project: Project, annotator: User) -> None:
    article, sitting = make_article(project), uuid4()
    for seconds in (0, 40, 20, 40):
        record_time(article=article, user=annotator, sitting=sitting, seconds=seconds)
    assert Sitting.objects.get().seconds == 40


def test_no_more_than_has_passed(project: Project, annotator: User) -> None:
    article, sitting = make_article(project), uuid4()
    record_time(article=article, user=annotator, sitting=sitting, seconds=80_000)
    assert Sitting.objects.get().seconds == 90
    Sitting.objects.update(began_at=timezone.now() - timedelta(minutes=10))
    record_time(article=article, user=annotator, sitting=sitting, seconds=580)
    assert Sitting.objects.get().seconds == 580
    record_time(article=article, user=annotator, sitting=sitting, seconds=86_400)
    assert Sitting.objects.get().seconds in range(690, 695)


def test_a_sitting_belongs_to_one_person_and_one_article(
    project: Project, annotator: User, reviewer: User
) -> None:
    article, other, sitting = make_article(project), make_article(project, "Another story."), uuid4()
    record_time(article=article, user=annotator, sitting=sitting, seconds=10)
    record_time(article=article, user=reviewer, sitting=sitting, seconds=60)
    record_time(article=other, user=annotator, sitting=sitting, seconds=60)
    assert (Sitting.objects.get().user, Sitting.objects.get().seconds) == (annotator, 10)
