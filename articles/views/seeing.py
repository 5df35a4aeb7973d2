from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from annotator.users.permissions import Permission
from annotator.users.services.seeing import begin_seeing_as, stop_seeing_as
from articles.access.caller import get_project_for, is_open_to

_CLOSED = gettext_lazy(
    "You see pages as yourself again. %(project)s is not open to you any more: somebody has taken you out of "
    "it, or has deleted it."
)


@require_POST
@login_required
def see_as(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Look at the project as another role sees it."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    role = request.POST.get("role", "")
    begin_seeing_as(session=request.session, project=project, role=role, by=caller.user)
    return redirect("articles:project", slug)


@require_POST
@login_required
def stop(request: HttpRequest) -> HttpResponseRedirect:
    """Back to one's own role, and to the project, if it is still there for them."""
    seen = stop_seeing_as(session=request.session)
    if seen is None:
        return redirect("articles:home")
    if is_open_to(request.user, seen.slug):
        return redirect("articles:project", seen.slug)
    messages.info(request, _CLOSED % {"project": seen.name})
    return redirect("articles:home")
