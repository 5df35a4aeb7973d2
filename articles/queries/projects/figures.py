"""The figures behind a project's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q

from annotator.users.models import Membership, Project, User
from articles.models import Assignment, ProjectEngine
from articles.queries.articles import status_counts


def project_progress(project: Project, user: User) -> dict[str, Any]:
    """How many articles stand where, and who has done how much, as the user is to see it."""
    counts, people = status_counts(project, user), people_progress(project, user)
    return {"articles": sum(counts.values()), "by_status": counts, "people": people}


def people_progress(project: Project, user: User) -> list[dict[str, Any]]:
    """One row a member: articles at work, articles handed in, and when they last handed one in.

    Copies of known articles do not count, except the user's own: to them they are articles like any other.
    """
    rows = (
        Membership.objects.filter(project=project).select_related("user").order_by("role", "user__username")
    )
    real = Q(article__known_reading__isnull=True) | Q(user=user)
    taken = Assignment.objects.filter(real, article__project=project).taking_room()
    work = taken.values("user").order_by()
    figures: dict[int, dict[str, Any]] = {
        row["user"]: dict(row)
        for row in work.annotate(
            at_work=Count("pk", Q(submitted_at__isnull=True)),
            submitted=Count("pk", Q(submitted_at__isnull=False)),
            last=Max("submitted_at"),
        )
    }
    nothing: dict[str, Any] = {"at_work": 0, "submitted": 0, "last": None}
    return [_person(row, figures.get(row.user_id, nothing)) for row in rows]


def _person(row: Membership, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "username": row.user.username,
        "name": row.user.name,
        "role": row.role,
        "active": row.user.is_active,
        "at_work": figures["at_work"],
        "submitted": figures["submitted"],
        "last_submitted_at": figures["last"],
    }


def project_engines(project: Project) -> list[ProjectEngine]:
    """The project's engines with the number of articles each has read."""
    return list(ProjectEngine.objects.filter(project=project).annotate(articles_read=Count("layers")))
