from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.layers import get_bulk_edit_for, get_bulk_target_for
from articles.forms.bulk_edits import BulkEditForm, read_bulk_edit
from articles.forms.concordance import read_concordance
from articles.queries.bulk_edits import bulk_edits_of, counted, reasons_of, titles_of
from articles.queries.bulk_plans import BulkRequest, Place, plan_bulk_edit
from articles.queries.concordance.search import find_lines
from articles.services.bulk_edits import PlanChanged, start_bulk_edit, undo_bulk_edit
from articles.services.jobs.lifecycle import retry_job
from articles.tasks.bulk_edits import enqueue_bulk_edit
from articles.views.pages import project_page

LATEST = 100
MOST_ARTICLES = 20


@require_GET
@login_required
def bulk_edits(request: HttpRequest, slug: str) -> HttpResponse:
    """What was changed in bulk: the caller's own, or everybody's for those who see all layers."""
    project, caller = get_project_for(request.user, slug)
    only_by = None if caller.may(Permission.VIEW_ALL_LAYERS) else caller.user
    rows = bulk_edits_of(project, only_by=only_by)[:LATEST]
    return project_page(request, caller, "concordance", "articles/bulk_edits.html", {"rows": rows})


@require_POST
@login_required
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """What a bulk edit would do. The search is the address's, as on the concordance's page."""
    _, caller = get_project_for(request.user, slug)
    return _preview(request, caller, *_asked(request, caller))


@require_POST
@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Do what was looked at; when it would be something else by now, that is shown first."""
    project, caller = get_project_for(request.user, slug)
    form, asked = _asked(request, caller)
    try:
        bulk = start_bulk_edit(
            project=project,
            request=asked,
            seen=form.cleaned_data["seen"],
            enqueue=enqueue_bulk_edit,
        )
    except PlanChanged as changed:
        return _preview(request, caller, form, asked, changed=changed.reason)
    return redirect("articles:bulk-edit", slug, bulk.pk)


@require_GET
@login_required
def bulk_edit(request: HttpRequest, slug: str, bulk_id: UUID) -> HttpResponse:
    """What became of a bulk edit."""
    bulk, caller = get_bulk_edit_for(request.user, bulk_id, project=slug)
    context = {
        "bulk": counted(bulk),
        "job": bulk.job,
        "reasons": reasons_of(bulk),
        "may_change": caller.may(Permission.REVIEW) if bulk.is_gold else bulk.created_by == caller.user,
    }
    return project_page(request, caller, "concordance", "articles/bulk_edit.html", context)


@require_POST
@login_required
def undo(request: HttpRequest, slug: str, bulk_id: UUID) -> HttpResponseRedirect:
    """Bring back what was."""
    bulk, caller = get_bulk_edit_for(request.user, bulk_id, project=slug, to_change=True)
    undo_bulk_edit(bulk=bulk, by=caller.user, enqueue=enqueue_bulk_edit)
    return redirect("articles:bulk-edit", slug, bulk_id)


@require_POST
@login_required
def resume(request: HttpRequest, slug: str, bulk_id: UUID) -> HttpResponseRedirect:
    """Go on with one that has failed or was cancelled."""
    bulk, _ = get_bulk_edit_for(request.user, bulk_id, project=slug, to_change=True)
    retry_job(job=bulk.job, enqueue=enqueue_bulk_edit)
    return redirect("articles:bulk-edit", slug, bulk_id)


def _asked(request: HttpRequest, caller: Caller) -> tuple[BulkEditForm, BulkRequest]:
    """Raises Invalid, NotPermitted."""
    labels = published_definition(caller.project.pk).active_names
    search = read_concordance(request.GET, caller).search
    target = get_bulk_target_for(caller, search.layer, reopens="reopens" in request.POST)
    form = read_bulk_edit(request.POST, request.POST.getlist("place"), labels)
    places, remarks = form.places, list[str]()
    if form.cleaned_data["everything"]:
        found = find_lines(caller.project, search, user=caller.user)
        places, remarks = [Place(*line.place) for line in found.lines], found.remarks
    wish, address = form.wish(search.labelled), request.GET.dict()
    return form, BulkRequest(form.bulk_id, target, wish, places, address, remarks)


def _preview(
    request: HttpRequest, caller: Caller, form: BulkEditForm, asked: BulkRequest, *, changed: str = ""
) -> HttpResponse:
    plan = plan_bulk_edit(caller.project, asked.target, asked.wish, asked.places, bulk=asked.id)
    articles = plan.articles
    titles = titles_of(article for article, _ in articles[:MOST_ARTICLES])
    context: dict[str, Any] = {
        "asked": asked,
        "everything": form.cleaned_data["everything"],
        "plan": plan,
        "places": [] if form.cleaned_data["everything"] else request.POST.getlist("place"),
        "articles": [(titles[article], count) for article, count in articles[:MOST_ARTICLES]],
        "more_articles": len(articles) - MOST_ARTICLES,
        "changed": changed,
    }
    status = 409 if changed else 200
    return project_page(request, caller, "concordance", "articles/bulk_preview.html", context, status)
