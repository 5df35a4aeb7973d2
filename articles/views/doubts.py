from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Refused
from annotator.lib.pages import sentences, status_of
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.engines import get_doubt_for
from articles.forms.doubts import DoubtForm
from articles.queries.doubts.page import (
    MOST_LIKELY_FIRST,
    DoubtFilter,
    doubt_rows,
    labels_in_doubt,
    last_search,
    open_doubts,
    settled_doubt,
    with_context,
)
from articles.queries.pages import page_of
from articles.services.doubts.searching import start_doubts
from articles.services.doubts.settling import settle_doubt
from articles.tasks.doubts import enqueue_doubts
from articles.views.pages import project_page

PAGE_SIZE = 50


@require_GET
@login_required
def doubts(request: HttpRequest, slug: str) -> HttpResponse:
    """Likely errors in finished work, the likeliest first."""
    _, caller = get_project_for(request.user, slug, Permission.REVIEW)
    return _doubts(request, caller)


@require_POST
@login_required
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for errors now."""
    project, caller = get_project_for(request.user, slug, Permission.REVIEW)
    try:
        start_doubts(project=project, by=caller.user, enqueue=enqueue_doubts)
    except Refused as refusal:
        return _doubts(request, caller, refusal)
    return redirect("articles:doubts", slug)


@require_POST
@login_required
def settle(request: HttpRequest, slug: str, doubt_id: int) -> HttpResponse:
    """Fix or dismiss a likely error, or take that back."""
    doubt, caller = get_doubt_for(request.user, doubt_id, project=slug)
    try:
        settle_doubt(doubt=doubt, action=request.POST.get("action", ""), by=caller.user)
    except Refused as refusal:
        return _doubts(request, caller, refusal)
    query = request.GET.copy()
    query["settled"] = str(doubt_id)
    return redirect(f"{reverse('articles:doubts', args=[slug])}?{query.urlencode()}")


def _doubts(request: HttpRequest, caller: Caller, refusal: Refused | None = None) -> HttpResponse:
    project = caller.project
    form = DoubtForm(request.GET, labels=labels_in_doubt(project))
    listed = open_doubts(project, form.wanted if form.is_valid() else DoubtFilter())
    page = page_of(with_context(listed), MOST_LIKELY_FIRST, cursor=request.GET.get("cursor"), size=PAGE_SIZE)
    context: dict[str, Any] = {
        "form": form,
        "left": listed.count(),
        "page": page,
        "rows": doubt_rows(page.rows),
        "job": last_search(project),
        "settled": settled_doubt(project, request.GET.get("settled", "")),
        "problem": sentences(refusal) if refusal else [],
    }
    status = status_of(refusal) if refusal else 200
    return project_page(request, caller, "doubts", "articles/doubts.html", context, status)
