from __future__ import annotations

from typing import Any

import orjson
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotator.lib.errors import Invalid
from annotator.lib.pages import sentences
from annotator.schemas.definition import PALETTE_SIZE
from annotator.schemas.ready import ready_templates
from annotator.schemas.services.publishing import publish, save_draft
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.forms.schemas import DefinitionForm
from articles.queries.schemas import schema_page
from articles.views.pages import project_page


@require_http_methods(["GET", "POST"])
@login_required
def schema(request: HttpRequest, slug: str) -> HttpResponse:
    """The label schema: managers edit its draft, everybody else reads what is published."""
    project, caller = get_project_for(request.user, slug)
    if request.method != "POST":
        return _page(request, caller)
    caller.require(Permission.MANAGE)
    form = DefinitionForm(request.POST)
    problems = _save(caller, form)
    if problems:
        return _page(request, caller, problems, form.cleaned_data.get("definition"))
    messages.success(request, _("The draft is kept."))
    return redirect(f"{reverse('articles:schema', args=[project.slug])}#publish")


@require_POST
@login_required
def publish_schema(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the definition that the summary showed."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = DefinitionForm(request.POST)
    if not form.is_valid():
        return _page(request, caller, _form_problems(form))
    try:
        version = publish(project=project, data=form.cleaned_data["definition"], by=caller.user)
    except Invalid as error:
        return _page(request, caller, sentences(error), form.cleaned_data["definition"])
    messages.success(
        request,
        _("Version %(number)s is published. It is what is labelled from now on.")
        % {"number": version.number},
    )
    return redirect("articles:schema", project.slug)


def _save(caller: Caller, form: DefinitionForm) -> list[str]:
    """Why the draft was not kept; nothing when it was."""
    if not form.is_valid():
        return _form_problems(form)
    try:
        save_draft(project=caller.project, data=form.cleaned_data["definition"])
    except Invalid as error:
        return sentences(error)
    return []


def _form_problems(form: DefinitionForm) -> list[str]:
    return [str(problem) for problems in form.errors.values() for problem in problems]


def _page(
    request: HttpRequest, caller: Caller, problems: list[str] | None = None, sent: Any = None
) -> HttpResponse:
    """`sent` is what could not be kept: it comes back, so that nobody types it twice."""
    page = schema_page(caller.project)
    may_edit = caller.may(Permission.MANAGE)
    draft = page.draft.to_dict()
    context = {
        "page": page,
        "may_edit": may_edit,
        "problems": problems or [],
        "shown": page.draft if may_edit else page.published,
        "draft_json": orjson.dumps(draft).decode(),
        "next_number": page.newest.number + 1,
        "editor": {
            "definition": sent if isinstance(sent, dict) else draft,
            "published": page.published.to_dict(),
            "kept": not problems,
            "palette_size": PALETTE_SIZE,
            "templates": _templates() if may_edit else [],
        },
    }
    status = 400 if problems else 200
    return project_page(request, caller, "schema", "articles/schema.html", context, status)


def _templates() -> list[dict[str, Any]]:
    return [
        {"title": ready.title, "description": ready.description, "definition": ready.definition.to_dict()}
        for ready in ready_templates().values()
    ]
