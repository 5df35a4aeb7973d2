"""Many projects at a glance: each figure is one subquery of the same statement."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext, ngettext_lazy

from annotator.users.models import Membership, Project, Role
from articles.models import Article, Job, Status
from articles.queries.projects.health import with_health


def with_figures(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with `roles` and `statuses`: how many members of each role, and articles of each status.

    Both are None for a project without any.
    """
    members = Membership.objects.filter(project=OuterRef("pk")).order_by().values("project")
    articles = Article.objects.filter(project=OuterRef("pk"), archived_at__isnull=True)
    return projects.annotate(
        roles=Subquery(members.annotate(all=_counts("role", Role.values)).values("all")),
        statuses=Subquery(
            articles.order_by().values("project").annotate(all=_counts("status", Status.values)).values("all")
        ),
    )


def projects_at_work() -> list[Project]:
    """Projects that are not archived, with their figures."""
    return list(with_health(with_figures(Project.objects.live())).order_by("name")[:50])


def jobs_at_work() -> list[Job]:
    """Unfinished jobs, and the latest that failed."""
    wanted = Q(state__in=(Job.State.QUEUED, Job.State.RUNNING)) | Q(state=Job.State.FAILED)
    return list(Job.objects.filter(wanted).select_related("project").order_by("-pk")[:10])


_OF_ROLE = {
    Role.MANAGER: ngettext_lazy("%(count)s manager", "%(count)s managers", "count"),
    Role.REVIEWER: ngettext_lazy("%(count)s reviewer", "%(count)s reviewers", "count"),
    Role.ANNOTATOR: ngettext_lazy("%(count)s annotator", "%(count)s annotators", "count"),
    Role.VIEWER: ngettext_lazy("%(count)s viewer", "%(count)s viewers", "count"),
}


def role_words(roles: Mapping[str, int] | None) -> str:
    """Such as "1 manager, 3 annotators"."""
    counts = ((words, (roles or {}).get(role, 0)) for role, words in _OF_ROLE.items())
    return ", ".join(words % {"count": count} for words, count in counts if count) or gettext("nobody")


def _counts(field: str, values: list[str]) -> JSONObject:
    return JSONObject(**{value: Count("pk", filter=Q(**{field: value})) for value in values})
