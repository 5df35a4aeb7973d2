from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotator.lib.errors import Invalid, NotPermitted
from annotator.lib.markdown import render_markdown
from annotator.lib.pages import sentences
from annotator.schemas.ready import ready_templates
from annotator.users.models import Project
from annotator.users.permissions import Permission
from annotator.users.requests import person_of
from articles.access.caller import Caller, get_project_for
from articles.formats import writers
from articles.forms.projects import NewProjectForm, ProjectSettingsForm
from articles.queries.assignments.reviews import next_for_review
from articles.queries.jobs import jobs_of
from articles.queries.known_gold.known_articles import about_known_articles
from articles.queries.projects.figures import people_progress
from articles.queries.projects.glance import disputed_labels, learned_engines
from articles.queries.projects.home import standing_of
from articles.queries.suggestions.plants import about_plants
from articles.services.assignments.claiming import claim_next
from articles.services.known_gold.clearances import TrainingFirst
from articles.services.projects.managing import (
    archive_project,
    change_project,
    create_project,
    restore_project,
)
from articles.tasks.rooms import enqueue_rooms
from articles.views.pages import project_page

USUAL_FORMATS = ("jsonl", "conll", "spans-csv")


@require_GET
@login_required
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the project stands, and the one thing to do next."""
    project, caller = get_project_for(request.user, slug)
    context = {
        "standing": standing_of(caller),
        **(_of_others(project, caller) if caller.may(Permission.VIEW_ALL_LAYERS) else {}),
        "jobs": jobs_of(caller).unfinished()[:20],
        "guidelines": render_markdown(project.guidelines),
        "about_plants": about_plants(project),
        "about_known": about_known_articles(project),
        "exports": _exports(slug),
    }
    return project_page(request, caller, "project", "articles/project.html", context)


@require_POST
@login_required
def start(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Claim the caller's next article and open it."""
    project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    try:
        article = claim_next(project=project, user=caller.user)
    except TrainingFirst as error:
        messages.info(request, error.reason)
        return redirect("articles:training", slug)
    if article is None:
        messages.info(
            request, gettext("Nothing is left to annotate: every article has its annotators. Well done.")
        )
        return redirect("articles:project", slug)
    return redirect("articles:editor", slug, article.pk)


@require_POST
@login_required
def start_review(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Open the oldest article that waits for a reviewer."""
    project, _ = get_project_for(request.user, slug, Permission.REVIEW)
    article = next_for_review(project)
    if article is None:
        messages.info(request, gettext("No article waits for review just now."))
        return redirect("articles:project", slug)
    return redirect("articles:review", slug, article.pk)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Create a project. Site administrators only."""
    user = person_of(request)
    if not user.is_superuser:
        raise NotPermitted(gettext("Only site administrators create projects. Ask one."))
    form = NewProjectForm(request.POST or None)
    if form.is_valid():
        try:
            project = create_project(by=user, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, gettext("%(name)s is ready.") % {"name": project.name})
            return redirect("articles:first-steps", project.slug)
    chosen = form["template"].value()
    context = {"form": form, "templates": ready_templates(), "chosen": chosen}
    return render(request, "articles/project_new.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, guidelines and rules of work. A POST with `preview` shows the guidelines and keeps nothing."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = ProjectSettingsForm(request.POST or None, initial=ProjectSettingsForm.initial_of(project))
    preview = None
    if "preview" in request.POST:
        preview = render_markdown(request.POST.get("guidelines", ""))
    elif form.is_valid():
        change_project(project=project, changes=form.changes, by=caller.user, enqueue_rooms=enqueue_rooms)
        messages.success(request, gettext("Saved."))
        return redirect("articles:settings", slug)
    context = {"form": form, "preview": preview}
    status = 400 if form.errors and preview is None else 200
    return project_page(request, caller, "settings", "articles/project_settings.html", context, status)


@require_POST
@login_required
def archive(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    project, _ = get_project_for(request.user, slug, Permission.MANAGE)
    archive_project(project=project)
    messages.success(
        request, gettext("%(name)s is archived: readable, but closed for work.") % {"name": project.name}
    )
    return redirect("articles:settings", slug)


@require_POST
@login_required
def restore(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    project, _ = get_project_for(request.user, slug, Permission.MANAGE)
    restore_project(project=project)
    messages.success(request, gettext("%(name)s is open for work again.") % {"name": project.name})
    return redirect("articles:settings", slug)


def _of_others(project: Project, caller: Caller) -> dict[str, Any]:
    """Who is where, what they disagree on, and how much engines have learned."""
    return {
        "people": people_progress(project, caller.user),
        "disputed": disputed_labels(project),
        "learned": learned_engines(project),
    }


def _exports(slug: str) -> list[dict[str, str]]:
    """The formats that most people want."""
    url = reverse("api:export", args=[slug])
    return [
        {"title": kind.title.partition(":")[0], "url": f"{url}?format={kind.format}"}
        for kind in writers()
        if kind.format in USUAL_FORMATS
    ]
