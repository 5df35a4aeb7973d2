from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from annotator.users.permissions import Permission
from annotator.users.services.seeing import begin_seeing_as, stop_seeing_as
from articles.access.caller import get_project_for


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
    """Back to one's own role."""
    seen = stop_seeing_as(session=request.session)
    return redirect("articles:project", seen.slug) if seen else redirect("articles:home")
