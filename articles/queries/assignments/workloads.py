"""Who has which articles in hand, and when they are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from annotator.users.models import Project, User
from articles.models import Assignment
from articles.queries.assignments.due import SOON, about_due, is_overdue
from articles.queries.assignments.handouts import able_to_annotate

MOST_SHOWN = 500


@dataclass(frozen=True)
class Workload:
    """What one person has in hand: how many articles in all, overdue, and due within three days; the first
    due date; and when they last touched the article that they left alone the longest."""

    open: int = 0
    given: int = 0
    overdue: int = 0
    soon: int = 0
    first_due: date | None = None
    untouched_since: datetime | None = None

    @property
    def words(self) -> str:
        return about_due(self.first_due)


@dataclass(frozen=True)
class Person:
    user: User
    work: Workload
    is_able: bool


@dataclass(frozen=True)
class InHand:
    """One article that somebody has in hand. `lease_ends` is when it goes back to the others, if nobody
    touches it before."""

    claim: Assignment
    lease_ends: datetime | None

    @property
    def due(self) -> str:
        return about_due(self.claim.due_on)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.claim.due_on)


def people_at_work(project: Project) -> list[Person]:
    """Everybody who may be given articles, and whoever has some in hand though they no longer may."""
    able = [row.user for row in able_to_annotate(project)]
    work = _workloads(_in_hand([project]), "user")
    others = User.objects.filter(pk__in=work.keys() - {one.pk for one in able}).order_by("username")
    return [
        *(Person(one, work.get(one.pk, Workload()), is_able=True) for one in able),
        *(Person(one, work[one.pk], is_able=False) for one in others),
    ]


def workloads_of(user: User, projects: Iterable[Project]) -> Mapping[int, Workload]:
    """What the user has in hand in each of these projects, by the project's id."""
    mine = Assignment.objects.of(user).unfinished().in_sight().filter(article__project__in=projects)
    return _workloads(mine, "article__project")


def in_hand(project: Project, user: User) -> Sequence[InHand]:
    """The articles that the user has in hand, what is due first before the rest."""
    rows = _in_hand([project]).filter(user=user).select_related("article", "handout__by")
    rows = rows.defer("article__text", "article__metadata")
    rows = rows.order_by("due_on", "article")[:MOST_SHOWN]
    return [InHand(row, lease_end(project, row)) for row in rows]


def lease_end(project: Project, claim: Assignment) -> datetime | None:
    """When the claim goes back unless it is touched; what a manager gave, and where leases are off: never."""
    if claim.handout_id or not project.lease_days:
        return None
    return claim.touched_at + timedelta(days=project.lease_days)


def _in_hand(projects: Iterable[Project]) -> QuerySet[Assignment]:
    claims = Assignment.objects.unfinished()
    return claims.filter(article__project__in=projects, article__archived_at__isnull=True)


def _workloads(claims: QuerySet[Assignment], by: str) -> dict[int, Workload]:
    today = timezone.localdate()
    rows = (
        claims.order_by()
        .values_list(by)
        .annotate(
            open=Count("pk"),
            given=Count("handout"),
            overdue=Count("pk", Q(due_on__lt=today)),
            soon=Count("pk", Q(due_on__range=(today, today + SOON))),
            first_due=Min("due_on"),
            untouched_since=Min("touched_at"),
        )
    )
    return {key: Workload(*figures) for key, *figures in rows}
