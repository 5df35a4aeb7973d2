from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotator.lib.errors import Invalid
from annotator.lib.pages import sentences
from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.forms.deletion import DeletionForm
from articles.queries.articles import status_counts
from articles.services.projects.deletion import KEPT_FOR, delete_project
from articles.views.pages import project_page


@require_http_methods(["GET", "POST"])
@login_required
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """What would go, a last export, and the name to type."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = DeletionForm(request.POST or None)
    if form.is_valid():
        try:
            delete_project(project=project, by=caller.user, typed_name=form.cleaned_data["name"])
        except Invalid as error:
            form.add_error("name", sentences(error))
        else:
            told = _("%(project)s is deleted. A site administrator can bring it back for %(days)s days.")
            messages.success(request, told % {"project": project.name, "days": KEPT_FOR.days})
            return redirect("articles:home")
    articles = sum(status_counts(project, caller.user).values())
    context = {"form": form, "days": KEPT_FOR.days, "articles": articles}
    status = 400 if request.method == "POST" else 200
    return project_page(request, caller, "settings", "articles/project_delete.html", context, status)
