"""From an empty project to the first article: labels, articles, people. What is done is seen from the project
itself, so that one may leave, come back, or skip any of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Invalid
from annotator.schemas.queries import published_definition
from annotator.users.models import Role
from annotator.users.permissions import Permission
from annotator.users.queries import members_of, open_invitations
from annotator.users.services.invitations import invite as make_invitation
from articles.access.caller import Caller, get_project_for
from articles.formats.base import ParsedArticle
from articles.forms.first_steps import TextsForm, sample_articles
from articles.forms.members import InviteForm
from articles.queries.projects.home import standing_of
from articles.services.imports.importing import add_articles
from articles.tasks.runs import enqueue_run
from articles.views.pages import project_page


@require_GET
@login_required
def first_steps(request: HttpRequest, slug: str) -> HttpResponse:
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    return _page(request, caller, TextsForm())


@require_POST
@login_required
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Add pasted texts."""
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = TextsForm(request.POST)
    if not form.is_valid():
        return _page(request, caller, form, status=400)
    return _add(request, caller, form.articles())


@require_POST
@login_required
def samples(request: HttpRequest, slug: str) -> HttpResponse:
    """Add the ready samples."""
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    return _add(request, caller, sample_articles())


@require_POST
@login_required
@never_cache
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link. It is in this answer and nowhere else: only its digest is kept."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = InviteForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Choose one of the roles."))
    role = form.cleaned_data["role"]
    _invitation, secret = make_invitation(project=project, role=role, by=caller.user)
    link = request.build_absolute_uri(reverse("users:join", args=[secret]))
    return _page(request, caller, TextsForm(), link=link, link_role=str(Role(role).label))


def _add(request: HttpRequest, caller: Caller, articles: list[ParsedArticle]) -> HttpResponseRedirect:
    ids = add_articles(project=caller.project, articles=articles, by=caller.user, enqueue_run=enqueue_run)
    words = ngettext("%(count)s article is in.", "%(count)s articles are in.", len(ids))
    messages.success(request, words % {"count": len(ids)})
    return redirect("articles:first-steps", caller.project.slug)


def _page(
    request: HttpRequest, caller: Caller, form: TextsForm, *, status: int = 200, **more: str
) -> HttpResponse:
    context = {
        "labels": [one for one in published_definition(caller.project.pk).labels if not one.retired],
        "standing": standing_of(caller),
        "form": form,
        "invite_form": InviteForm(),
        "members": len(members_of(caller.project)),
        "invitations": len(open_invitations(caller.project)),
        **more,
    }
    return project_page(request, caller, "first-steps", "articles/first_steps.html", context, status)
