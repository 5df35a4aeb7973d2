"""Where a project stands for one person, and what they should do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, Subquery

from annotator.users.models import Membership, Project, Role, User
from annotator.users.permissions import Permission
from articles.access import Caller
from articles.models import Article, Assignment, Status
from articles.queries.articles import status_counts
from articles.queries.threads import articles_that_mention

_OPEN = (Status.NEW, Status.SUGGESTED, Status.IN_PROGRESS)
_WAITING = (Status.SUBMITTED, Status.IN_REVIEW)


class NextStep(StrEnum):
    IMPORT = "import"
    WAIT = "wait"
    REVIEW = "review"
    CONTINUE = "continue"
    START = "start"
    EXPORT = "export"
    BROWSE = "browse"


@dataclass(frozen=True)
class Standing:
    """`counts` are articles by status; `in_hand` those the person has begun, `handed_in` those they ended,
    `mentions` those where somebody mentions them and waits."""

    caller: Caller
    counts: Mapping[str, int]
    in_hand: int = 0
    handed_in: int = 0
    mentions: int = 0

    @property
    def project(self) -> Project:
        return self.caller.project

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        """Articles that a reviewer should look at."""
        return sum(self.counts.get(status, 0) for status in _WAITING)

    @property
    def open(self) -> int:
        """Articles that are not handed in by everybody who should."""
        return sum(self.counts.get(status, 0) for status in _OPEN)

    @property
    def gold(self) -> int:
        return self.counts.get(Status.GOLD, 0)

    @property
    def next_step(self) -> NextStep:
        may = self.caller.may
        if not self.total:
            return NextStep.IMPORT if may(Permission.MANAGE) else NextStep.WAIT
        if may(Permission.REVIEW) and self.waiting:
            return NextStep.REVIEW
        if may(Permission.ANNOTATE) and self.in_hand:
            return NextStep.CONTINUE
        if may(Permission.ANNOTATE) and self.open:
            return NextStep.START
        if may(Permission.EXPORT) and self.gold:
            return NextStep.EXPORT
        return NextStep.BROWSE


def standing_of(caller: Caller) -> Standing:
    """One project, as its page shows it."""
    work = _work_of(caller.user, [caller.project])
    mentions = articles_that_mention(caller.user, [caller.project]).get(caller.project.pk, 0)
    return Standing(
        caller, status_counts(caller.project), *work.get(caller.project.pk, (0, 0)), mentions=mentions
    )


def standings_of(user: User) -> list[Standing]:
    """All projects that the user may see, live ones first, in a fixed number of queries."""
    mine = Membership.objects.filter(user=user, project=OuterRef("pk")).values("role")[:1]
    projects = list(Project.objects.visible_to(user).distinct().annotate(caller_role=Subquery(mine)))
    projects.sort(key=lambda project: project.is_archived)
    counts, work = _counts_of(projects), _work_of(user, projects)
    mentions = articles_that_mention(user, projects)
    return [
        Standing(
            Caller(user, one, _role(user, one)),
            counts[one.pk],
            *work.get(one.pk, (0, 0)),
            mentions=mentions.get(one.pk, 0),
        )
        for one in projects
    ]


def _role(user: User, project: Project) -> str:
    return Role.MANAGER if user.is_superuser else str(getattr(project, "caller_role", ""))


def _counts_of(projects: list[Project]) -> Mapping[int, dict[str, int]]:
    rows = Article.objects.filter(project__in=projects, archived_at__isnull=True).order_by()
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for project, status, count in rows.values_list("project", "status").annotate(Count("pk")):
        counts[project][status] = count
    return counts


def _work_of(user: User, projects: list[Project]) -> dict[int, tuple[int, int]]:
    """Articles in hand and handed in, by project."""
    rows = Assignment.objects.of(user).filter(
        article__project__in=projects, article__archived_at__isnull=True
    )
    figures = (
        rows.order_by()
        .values("article__project")
        .annotate(
            in_hand=Count("pk", Q(submitted_at__isnull=True)),
            handed_in=Count("pk", Q(submitted_at__isnull=False)),
        )
    )
    return {row["article__project"]: (row["in_hand"], row["handed_in"]) for row in figures}
