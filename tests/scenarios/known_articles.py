"""Known articles as managers choose them and annotators are given them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotator.users.models import Project, User
from articles.domain.layers.edits import EditRequest
from articles.models import Article, KnownReading
from articles.services.assignments.claiming import claim_next, submit_article
from articles.services.known_gold.known_articles import add_known_articles
from articles.services.projects.managing import change_project
from tests.builders import TEXT, add_span, annotate
from tests.scenarios.exercises import make_gold


def make_known(project: Project, by: User, *, text: str = TEXT, **fields: Any) -> Article:
    """A known article of a project that gives out nothing else as long as there are any."""
    article = make_gold(project, by, text=text, **fields)
    assert add_known_articles(project=project, articles=[article.pk], by=by) == 1
    change_project(project=project, changes={"known_share": 100})
    return article


def take_known(project: Project, user: User) -> Article:
    """The copy that the user is given next, as a request finds it."""
    copy = claim_next(project=project, user=user)
    assert copy
    assert KnownReading.objects.filter(copy=copy, user=user).exists()
    return Article.objects.select_related("project").get(pk=copy.pk)


def hand_in_known(copy: Article, by: User, *edits: EditRequest) -> KnownReading:
    """In full and right without `edits`."""
    annotate(copy, by, *(edits or (add_span(), add_span(0, 6, "GPE"))))
    submit_article(article=copy, by=by)
    return KnownReading.objects.get(copy=copy)


def a_day_later(*readings: KnownReading) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    ids = [one.pk for one in readings]
    KnownReading.objects.filter(pk__in=ids).update(handed_in_at=yesterday)
