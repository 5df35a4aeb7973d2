from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from annotator.users.requests import person_of
from articles.forms.notifications import NewsForm
from articles.queries.notifications import told_to
from articles.services.notifications.telling import mark_read

PAGE = 50


@require_GET
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    """What the caller was told, the newest first."""
    told = told_to(person_of(request), count=PAGE + 1, before=NewsForm.number(request.GET, "before"))
    context = {"told": told[:PAGE], "older": told[PAGE - 1].id if len(told) > PAGE else None}
    return render(request, "articles/notifications.html", context)


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponseRedirect:
    """Mark one as read (`id`) and go where it leads, or mark all."""
    user, one = person_of(request), NewsForm.number(request.POST, "id")
    mark_read(user=user, ids=None if one is None else [one])
    found = told_to(user, count=1, before=one + 1) if one is not None else []
    if found and found[0].id == one:
        return HttpResponseRedirect(found[0].path)
    return redirect("articles:notifications")
