from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Refused
from annotator.lib.pages import sentences, status_of
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.setup import get_schema_todo_of
from articles.queries.pages import page_of
from articles.queries.schema_changes.todos import OLDEST_FIRST, open_todos, todo_rows, with_words
from articles.services.schema_todos import settle_todo
from articles.views.pages import project_page

PAGE_SIZE = 50


@require_GET
@login_required
def schema_todos(request: HttpRequest, slug: str) -> HttpResponse:
    """Spans that a change of the labels left to people: the caller's own, and gold's for reviewers."""
    _, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    return _page(request, caller)


@require_POST
@login_required
def settle(request: HttpRequest, slug: str, todo_id: int) -> HttpResponse:
    """Answer one of them."""
    _, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    todo = get_schema_todo_of(caller, todo_id)
    try:
        settle_todo(todo=todo, value=request.POST.get("answer", ""), by=caller.user)
    except Refused as refusal:
        return _page(request, caller, refusal)
    return redirect("articles:schema-todos", slug)


def _page(request: HttpRequest, caller: Caller, refusal: Refused | None = None) -> HttpResponse:
    listed = open_todos(caller.project, caller.user, reviews=caller.may(Permission.REVIEW))
    page = page_of(with_words(listed), OLDEST_FIRST, cursor=request.GET.get("cursor"), size=PAGE_SIZE)
    context = {
        "page": page,
        "left": listed.count(),
        "rows": list(todo_rows(page.rows, caller.project)),
        "problem": sentences(refusal) if refusal else [],
    }
    status = status_of(refusal) if refusal else 200
    return project_page(request, caller, "schema-todos", "articles/schema_todos.html", context, status)
