"""Six weeks of finished work for the demo, so that pages which draw weeks have weeks to draw."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from annotator.users.models import Project
from articles.models import Article, Assignment, Layer, Sitting

WEEKS = 6
FEWEST_SECONDS = 60
SECONDS_A_SPAN = 7
# The hour at which each begins to read; the reviewer's is that of the next working day.
HOURS = {"annotator": 9, "colleague": 14}
REVIEW_HOUR = 16


def date_back(project: Project, now: datetime) -> None:
    """Finished articles are spread over the weeks before `now`, every other day, none at a weekend."""
    came = (now - timedelta(weeks=WEEKS)).replace(hour=8, minute=0)
    Project.objects.filter(pk=project.pk).update(created_at=came)
    articles = Article.objects.filter(project=project)
    articles.update(created_at=came)
    read = articles.filter(layers__kind=Layer.Kind.USER).distinct().order_by("-pk")
    for number, article in enumerate(read):
        # Four days ago at the latest: the working day after it, that of the review, is over then.
        day = _workday(now - timedelta(days=4 + 2 * number), step=-1)
        _date_readings(article, day)
        reviewed = _workday(day + timedelta(days=1), step=1).replace(hour=REVIEW_HOUR)
        article.layers.gold().filter(approved_at__isnull=False).update(approved_at=reviewed)


def _date_readings(article: Article, day: datetime) -> None:
    for claim in Assignment.objects.filter(article=article).select_related("user"):
        layer = article.layers.by_user(claim.user)
        began = day.replace(hour=HOURS[claim.user.username])
        seconds = FEWEST_SECONDS + SECONDS_A_SPAN * layer.get().spans.count()
        ended = began + timedelta(seconds=seconds)
        layer.update(submitted_at=ended)
        Assignment.objects.filter(pk=claim.pk).update(created_at=began, submitted_at=ended, touched_at=ended)
        Sitting.objects.create(
            id=uuid4(), article=article, user=claim.user, seconds=seconds, began_at=began, updated_at=ended
        )


def _workday(day: datetime, *, step: int) -> datetime:
    """The day itself, or the next in steps of `step` days that is no Saturday or Sunday."""
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day
