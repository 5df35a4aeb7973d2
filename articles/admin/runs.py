"""What the actions on projects and on articles share."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from annotator.lib.admin import tell_refusal
from annotator.lib.errors import Refused
from annotator.users.models import Project, Role, User
from articles.models import Article, ProjectEngine
from articles.queries.articles import without_text
from articles.services.assignments import assign
from articles.services.runs import start_run
from articles.tasks.runs import enqueue_run

# Each article is claimed under its own lock, so a single request takes a bite that ends within seconds.
ASSIGNED_AT_ONCE = 1000


def preannotate(request: HttpRequest, project: Project, articles: QuerySet[Article]) -> None:
    """Start the project's enabled engines over these articles, and say where to watch."""
    engines = list(ProjectEngine.objects.filter(project=project, enabled=True))
    try:
        job = start_run(
            project=project,
            engines=engines,
            article_ids=articles.values_list("pk", flat=True),
            by=request.user if isinstance(request.user, User) else None,
            enqueue=enqueue_run,
        )
    except Refused as error:
        tell_refusal(request, error, project)
        return
    link = reverse("admin:articles_job_change", args=[job.pk])
    words = f"{project}: {job.total} articles are on their way through {', '.join(e.name for e in engines)}."
    messages.success(request, format_html('{} <a class="underline" href="{}">Watch the job</a>', words, link))


def assign_evenly(request: HttpRequest, project: Project, articles: QuerySet[Article]) -> None:
    """Give articles that nobody has claimed to the project's active annotators in turn."""
    people = User.objects.filter(
        memberships__project=project, memberships__role=Role.ANNOTATOR, is_active=True
    )
    users = list(people.order_by("pk"))
    if not users:
        messages.error(request, f"{project}: there is no active annotator to assign to. Add one first.")
        return
    unclaimed = without_text(articles.untouched().filter(assignments__isnull=True))  # type: ignore[attr-defined]
    chosen = list(unclaimed.select_related("project").order_by("pk")[: ASSIGNED_AT_ONCE + 1])
    given = assign(articles=chosen[:ASSIGNED_AT_ONCE], users=users)
    more = " There are more: run this again." if len(chosen) > ASSIGNED_AT_ONCE else ""
    messages.success(request, f"{project}: {given} articles were given to {len(users)} annotators.{more}")
