"""What the actions on projects and on articles share."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from annotator.lib.admin import tell_refusal
from annotator.lib.errors import Refused
from annotator.users.models import Membership, Project, Role, User
from annotator.users.requests import person_of
from articles.models import Article, ProjectEngine
from articles.queries.assignments.handouts import MOST_AT_ONCE
from articles.services.assignments.handouts import give_articles
from articles.services.runs.running import start_run
from articles.tasks.runs import enqueue_run


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
    words = gettext("%(project)s: %(total)s articles are on their way through %(engines)s.") % {
        "project": project,
        "total": job.total,
        "engines": ", ".join(e.name for e in engines),
    }
    messages.success(
        request,
        format_html('{} <a class="underline" href="{}">{}</a>', words, link, gettext("Watch the job")),
    )


def assign_evenly(request: HttpRequest, project: Project, articles: QuerySet[Article]) -> None:
    """Give articles that nobody has claimed to the project's active annotators in turn."""
    people = Membership.objects.filter(project=project, role=Role.ANNOTATOR, user__is_active=True)
    weights = dict.fromkeys(people.values_list("user__username", flat=True), 1)
    if not weights:
        messages.error(
            request,
            gettext("%(project)s: there is no active annotator to assign to. Add one first.")
            % {"project": project},
        )
        return
    unclaimed = articles.untouched().filter(assignments__isnull=True)  # type: ignore[attr-defined]
    chosen = list(unclaimed.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    try:
        handout, _ = give_articles(
            project=project,
            articles=chosen[:MOST_AT_ONCE],
            weights=weights,
            each=1,
            due_on=None,
            by=person_of(request),
        )
    except Refused as error:
        tell_refusal(request, error, project)
        return
    words = gettext("%(project)s: %(given)s articles were given to %(people)s annotators.")
    figures = {"project": project, "given": handout.given, "people": len(weights)}
    messages.success(request, words % figures)
    if len(chosen) > MOST_AT_ONCE:
        messages.info(request, gettext("There are more: run this again."))
