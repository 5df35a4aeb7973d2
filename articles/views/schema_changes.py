from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Invalid, Refused
from annotator.lib.numbers import whole_number
from annotator.lib.pages import sentences
from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.setup import get_schema_change_of
from articles.domain.schema_changes.plan import DEEDS
from articles.forms.schema_changes import StepForm, kinds, known_names
from articles.queries.schema_changes.changes import ChangeRow, changes_made, plan_page, spans_left
from articles.queries.schema_changes.preview import amounts_of
from articles.services.schema_changes.changing import (
    add_steps,
    drop_plan,
    remove_step,
    start_change,
    undo_change,
)
from articles.tasks.schema_changes import enqueue_schema_change
from articles.views.pages import project_page


@require_GET
@login_required
def schema_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan with what it would change, what can be planned, and what was changed before."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    return _page(request, caller, _kind(request.GET.get("kind", "")))


@require_POST
@login_required
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a step to the plan, take one out, or throw the plan away."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    kind = _kind(request.POST.get("kind", ""))
    if "drop" in request.POST:
        drop_plan(project=project)
    elif "remove" in request.POST:
        remove_step(project=project, number=whole_number(request.POST["remove"]) or 0, by=caller.user)
    elif problem := _add(request, caller, kind):
        return problem
    return redirect(f"{reverse('articles:schema-changes', args=[slug])}?kind={kind}#plan")


def _add(request: HttpRequest, caller: Caller, kind: str) -> HttpResponse | None:
    """None when the step is in the plan; else the page that says why not."""
    form = _form(caller, kind, request.POST)
    if not form.is_valid():
        return _page(request, caller, kind, form)
    try:
        add_steps(project=caller.project, steps=form.step(), by=caller.user)
    except Invalid as error:
        for sentence in sentences(error):
            form.add_error(None, sentence)
        return _page(request, caller, kind, form)
    return None


@require_POST
@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Carry the plan out."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    try:
        change = start_change(project=project, by=caller.user, enqueue=enqueue_schema_change)
    except Refused as refusal:
        return _page(request, caller, "label", problems=sentences(refusal))
    number = change.after.number if change.after else 0
    messages.success(
        request,
        gettext("Version %(number)s is published. What is labelled is carried over to it now.")
        % {"number": number},
    )
    return redirect("articles:schema-change", slug, change.pk)


@require_GET
@login_required
def schema_change(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    """One change: what was done, how far it is, and what an undo left."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    change = get_schema_change_of(caller, change_id)
    context = {"row": ChangeRow(change), "left": spans_left(change)}
    return project_page(request, caller, "schema-changes", "articles/schema_change.html", context)


@require_POST
@login_required
def undo(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    """Take a change back."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    change = get_schema_change_of(caller, change_id)
    back = undo_change(change=change, by=caller.user, enqueue=enqueue_schema_change)
    messages.success(request, gettext("The change is taken back now."))
    return redirect("articles:schema-change", slug, back.pk)


def _kind(wanted: str) -> str:
    return wanted if wanted in DEEDS else "label"


def _form(caller: Caller, kind: str, data: Any = None) -> StepForm:
    known = known_names(published_definition(caller.project.pk), kind)
    return StepForm(data, kind=kind, known=known, initial={"do": DEEDS[kind][0]})


def _page(
    request: HttpRequest,
    caller: Caller,
    kind: str,
    form: StepForm | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    project = caller.project
    form, amounts = form or _form(caller, kind), amounts_of(project, kind)
    context = {
        "kind": kind,
        "kinds": list(kinds()),
        "form": form,
        "names": [(name, amounts.get(name)) for name in form.known],
        "plan": plan_page(project),
        "problems": problems or [],
        "rows": changes_made(project),
    }
    status = 400 if problems or form.errors else 200
    return project_page(request, caller, "schema-changes", "articles/schema_changes.html", context, status)
