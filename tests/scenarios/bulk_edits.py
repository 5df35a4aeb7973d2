"""Bulk edits as tests make them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from annotator.users.models import Project, User
from articles.domain.bulk_edits import Wish
from articles.models import Article, BulkEdit, Job
from articles.queries.bulk_plans import BulkRequest, Place, Target
from articles.queries.concordance.search import Search, find_lines
from articles.services.bulk_edits import start_bulk_edit


def places_of(project: Project, search: Search, user: User) -> list[Place]:
    return [Place(*line.place) for line in find_lines(project, search, user=user).lines]


def change_in_bulk(
    project: Project, by: User, wish: Wish, search: Search, *, gold: bool = True, **more: Any
) -> BulkEdit:
    """Of everything that the search finds; approved gold, too."""
    bulk_id: UUID = more.pop("bulk_id", None) or uuid4()
    target, places = Target(by, is_gold=gold, reopens=gold), places_of(project, search, by)
    return start_bulk_edit(
        project=project,
        request=BulkRequest(bulk_id, target, wish, places, {"text": search.text}),
        enqueue=more.pop("enqueue", lambda _: None),
        **more,
    )


def make_bulk_edit(article: Article, by: User) -> BulkEdit:
    """One of somebody's own layer that has ended, of a single place."""
    project = article.project
    job = Job.objects.create(project=project, kind=Job.Kind.BULK, state=Job.State.SUCCEEDED, created_by=by)
    bulk = BulkEdit.objects.create(
        id=uuid4(), project=project, is_gold=False, action="remove", job=job, created_by=by
    )
    before = {
        "start": 25,
        "end": 39,
        "label": "PERSON",
        "fragments": [],
        "attributes": {},
        "suggestion": None,
    }
    bulk.places.create(article=article, start=25, end=39, span=uuid4(), before=before, state="done")
    return bulk
