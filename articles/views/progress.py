from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.domain.charts.curve import GRID
from articles.domain.progress.forecast import FEWEST_DAYS, FEWEST_WORKDAYS, LATELY
from articles.domain.suggestions.effect import FEWEST
from articles.formats.tables.figures import csv_of
from articles.forms.progress import ProgressForm, TableForm
from articles.queries.progress.loose_ends import STALE
from articles.queries.progress.page import LATEST_READINGS, Progress, began_on
from articles.views.pages import project_page

SHORTCUTS = (4, 12, 52)


@require_GET
@login_required
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the project is, who does how much, and how it will go on. Annotators see their own figures."""
    _, caller = get_project_for(request.user, slug)
    return _page(request, caller, "articles/progress.html")


@require_GET
@login_required
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The same to be printed and handed on: nobody's time is in it."""
    _, caller = get_project_for(request.user, slug, Permission.VIEW_ALL_LAYERS)
    return _page(request, caller, "articles/progress_report.html")


@require_GET
@login_required
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of one drawing as CSV."""
    project, caller = get_project_for(request.user, slug)
    form = TableForm(request.GET)
    if not form.is_valid():
        raise Http404
    found = _progress(caller, form).table(form.name)
    if found is None:
        caller.require(Permission.VIEW_ALL_LAYERS)
        raise Http404
    name = f"{project.slug}-{form.name}.csv"
    return HttpResponse(
        csv_of(found.columns, found.rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(request: HttpRequest, caller: Caller, template: str) -> HttpResponse:
    form = ProgressForm(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "now": timezone.now(),
        "grid": GRID,
        "shortcuts": _shortcuts(),
        "stale_days": STALE.days,
        "latest_readings": LATEST_READINGS,
        "fewest_articles": FEWEST,
        "lately": LATELY,
        "fewest_days": FEWEST_DAYS,
        "fewest_workdays": FEWEST_WORKDAYS,
    }
    if form.is_valid():
        context["progress"] = _progress(caller, form)
        context["form"] = ProgressForm.showing(context["progress"].period)
    return project_page(request, caller, "progress", template, context, 400 if form.errors else 200)


def _progress(caller: Caller, form: ProgressForm) -> Progress:
    return Progress(caller, form.period(began_on(caller.project), timezone.localdate()))


def _shortcuts() -> list[tuple[int, str]]:
    """Weeks, and the day on which as many began."""
    today = timezone.localdate()
    return [(weeks, (today - timedelta(weeks=weeks, days=-1)).isoformat()) for weeks in SHORTCUTS]
