from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET

from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.forms.export_page import SHARES, ExportPageForm
from articles.queries.articles import languages
from articles.queries.exports.figures import figures_of
from articles.queries.exports.packages import FEW, ExportQuery, open_package
from articles.queries.layers.choice import knows_layer, layer_choices
from articles.views.pages import project_page


@require_GET
@login_required
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what to take out and how; see how much that is and what it loses; download."""
    _, caller = get_project_for(request.user, slug, Permission.EXPORT)
    context = choices(request, caller, request.GET)
    status = 400 if context["form"].errors else 200
    return project_page(request, caller, "export", "articles/export.html", context, status)


def choices(request: HttpRequest, caller: Caller, data: QueryDict) -> dict[str, Any]:
    """What a page of choices needs: the form, and what is found by it."""
    form = ExportPageForm(
        data,
        layers=layer_choices(caller.project),
        labels=sorted(published_definition(caller.project.pk).active_names),
        languages=languages(caller.project),
    )
    found = _found(request, caller, form.query) if form.is_valid() else {}
    return {"form": form, "shares": SHARES, **found}


def _found(request: HttpRequest, caller: Caller, query: ExportQuery) -> dict[str, Any]:
    """How much it is, what is lost, and where to get it."""
    if not knows_layer(caller.project, query.layer):
        raise Http404
    figures = figures_of(caller.project, query, user=caller.user)
    package = open_package(caller.project, replace(query, split=None), user=caller.user)
    counts_losses = package.foretells and (figures.articles <= FEW or "count" in request.GET)
    address = f"{reverse('api:export', args=[caller.project.slug])}?{urlencode(query.params())}"
    return {
        "query": query,
        "figures": figures,
        "package": package,
        "losses": package.foretold() if counts_losses else None,
        "download": address,
        "whole_address": request.build_absolute_uri(address),
    }
