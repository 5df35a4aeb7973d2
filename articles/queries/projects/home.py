"""Where a project stands for one person, and what they should do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, OuterRef, Subquery

from annotator.users.models import Membership, Project, Role, User
from annotator.users.permissions import Permission, role_seen
from articles.access.caller import Caller
from articles.models import Article, Assignment, Status
from articles.queries.articles import status_counts
from articles.queries.assignments.workloads import Workload, workloads_of
from articles.queries.threads import articles_that_mention

NOTHING = Workload()
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
class ProjectStanding:
    """`counts` are articles by status; `work` what the person has in hand, `handed_in` the articles that they
    ended, `mentions` those where somebody mentions them and waits."""

    caller: Caller
    counts: Mapping[str, int]
    work: Workload = NOTHING
    handed_in: int = 0
    mentions: int = 0

    @property
    def project(self) -> Project:
        return self.caller.project

    @property
    def in_hand(self) -> int:
        return self.work.open

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


def standing_of(caller: Caller) -> ProjectStanding:
    """One project, as its page shows it."""
    return _standings([caller], {caller.project.pk: status_counts(caller.project, caller.user)})[0]


def standings_of(user: User) -> list[ProjectStanding]:
    """All projects that the user may see, live ones first, in a fixed number of queries."""
    mine = Membership.objects.filter(user=user, project=OuterRef("pk")).values("role")[:1]
    projects = list(Project.objects.visible_to(user).distinct().annotate(caller_role=Subquery(mine)))
    projects.sort(key=lambda project: project.is_archived)
    return _standings([Caller(user, one, _role(user, one)) for one in projects], _counts_of(projects))


def _standings(callers: Sequence[Caller], counts: Mapping[int, Mapping[str, int]]) -> list[ProjectStanding]:
    """Of one person in several projects."""
    if not callers:
        return []
    user, projects = callers[0].user, [caller.project for caller in callers]
    work, handed_in = workloads_of(user, projects), _handed_in(user, projects)
    mentions = articles_that_mention(user, projects)
    return [
        ProjectStanding(
            caller,
            counts[caller.project.pk],
            work.get(caller.project.pk, NOTHING),
            handed_in.get(caller.project.pk, 0),
            mentions.get(caller.project.pk, 0),
        )
        for caller in callers
    ]


def _role(user: User, project: Project) -> str:
    role = Role.MANAGER if user.is_superuser else str(getattr(project, "caller_role", ""))
    return role_seen(user, project.pk, role)


def _counts_of(projects: list[Project]) -> Mapping[int, dict[str, int]]:
    rows = Article.objects.filter(project__in=projects, archived_at__isnull=True).order_by()
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for project, status, count in rows.values_list("project", "status").annotate(Count("pk")):
        counts[project][status] = count
    return counts


def _handed_in(user: User, projects: Sequence[Project]) -> dict[int, int]:
    """How many articles the user has handed in, by project."""
    done = Assignment.objects.of(user).in_sight()
    rows = done.filter(article__project__in=projects, submitted_at__isnull=False)
    return dict(rows.order_by().values_list("article__project").annotate(Count("pk")))
