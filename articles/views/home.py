from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annotator.users.requests import person_of
from articles.queries.projects.home import standings_of


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The caller's projects."""
    standings = standings_of(person_of(request))
    context = {
        "standings": [one for one in standings if not one.project.is_archived],
        "archived": [one for one in standings if one.project.is_archived],
    }
    return render(request, "articles/home.html", context)
