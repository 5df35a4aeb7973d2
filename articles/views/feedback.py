from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.team import get_holder_for
from articles.queries.gold.feedback import feedback_page, people_with_feedback, unseen_feedback
from articles.services.gold.feedback import mark_seen
from articles.views.pages import project_page


@require_GET
@login_required
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """What gold changed in one's own work; managers see everybody's."""
    project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    sees_all, name = caller.may(Permission.MANAGE), request.GET.get("person", "")
    person = get_holder_for(caller, name) if sees_all and name else None
    articles, page = feedback_page(caller, person, request.GET.get("cursor"))
    context = {
        "articles": articles,
        "page": page,
        "sees_all": sees_all,
        "people": people_with_feedback(project) if sees_all else [],
        "person": person,
        "unseen": unseen_feedback(project, caller.user),
    }
    return project_page(request, caller, "feedback", "articles/feedback.html", context)


@require_POST
@login_required
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own feedback is read."""
    project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    mark_seen(project=project, by=caller.user)
    return redirect("articles:feedback", slug)
