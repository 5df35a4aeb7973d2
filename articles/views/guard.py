from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.queries.suggestions.guard import (
    FEWEST_ARTICLES,
    FEWEST_WRONG,
    LATEST_ARTICLES,
    people_and_suggestions,
)
from articles.views.pages import project_page


@require_GET
@login_required
def guard(request: HttpRequest, slug: str) -> HttpResponse:
    """What suggestions do to each annotator: managers see everybody, others themselves."""
    project, caller = get_project_for(request.user, slug)
    only = None if caller.may(Permission.MANAGE) else caller.user
    people = people_and_suggestions(project, only)
    context = {
        "people": people,
        "any_planted": project.planted_share > 0 or any(one.planted.shown for one in people),
        "latest": LATEST_ARTICLES,
        "fewest_wrong": FEWEST_WRONG,
        "fewest_articles": FEWEST_ARTICLES,
    }
    return project_page(request, caller, "guard", "articles/guard.html", context)
