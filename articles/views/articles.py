from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from annotator.users.permissions import Permission
from articles.access import Caller, get_project_for
from articles.forms.filters import COMMENTS, TWINS, ArticleFilterForm
from articles.models import Status
from articles.queries.articles import find_articles, languages, ordered, status_counts, without_text
from articles.queries.pages import page_of
from articles.queries.threads import open_threads_of
from articles.queries.twins import repeated_by

PAGE_SIZE = 50
_ORDERINGS = (
    ("", "Added, oldest first"),
    ("-id", "Added, newest first"),
    ("published_on", "Published, oldest first"),
    ("-published_on", "Published, newest first"),
)


@require_GET
@login_required
def articles(request: HttpRequest, slug: str) -> HttpResponse:
    """The project's articles: searched, narrowed, ordered, a page at a time."""
    project, caller = get_project_for(request.user, slug)
    form = ArticleFilterForm(request.GET)
    page = _page(request, caller, form) if form.is_valid() else None
    context = {
        **_filter_choices(project),
        "project": project,
        "caller": caller,
        "tab": "articles",
        "form": form,
        "narrowed": any(request.GET.get(name) for name in form.fields if name != "q"),
        "review_statuses": (Status.SUBMITTED, Status.IN_REVIEW) if caller.may(Permission.REVIEW) else (),
        "page": page,
        "repeated": repeated_by(page.rows) if page else {},
        "open_threads": open_threads_of(page.rows, caller.user) if page else {},
    }
    return render(request, "articles/articles.html", context, status=200 if form.is_valid() else 400)


def _page(request: HttpRequest, caller: Caller, form: ArticleFilterForm) -> Any:
    found = without_text(find_articles(caller.project, form.wanted, user=caller.user))
    ordering = form.chosen_ordering
    return page_of(ordered(found, ordering), ordering, cursor=request.GET.get("cursor"), size=PAGE_SIZE)


def _filter_choices(project: Project) -> dict[str, Any]:
    counts = status_counts(project)
    return {
        "counts": counts,
        "total": sum(counts.values()),
        "labels": sorted(published_definition(project.pk).active_names),
        "languages": languages(project),
        "statuses": Status.choices,
        "orderings": _ORDERINGS,
        "comment_choices": COMMENTS,
        "twin_choices": TWINS,
    }
