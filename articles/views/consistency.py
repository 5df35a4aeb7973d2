from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.layers import get_layer_choice_for
from articles.forms.consistency import ConsistencyForm
from articles.queries.doubts.consistency import (
    MOST_SURPRISING_FIRST,
    last_count,
    variation_rows,
    variations_of,
)
from articles.queries.layers.choice import layer_choices
from articles.queries.pages import page_of
from articles.services.doubts.consistency import start_count
from articles.tasks.consistency import enqueue_count
from articles.views.pages import project_page

PAGE_SIZE = 50


@require_GET
@login_required
def consistency(request: HttpRequest, slug: str) -> HttpResponse:
    """Words that are labelled in more than one way, or here and not there, the most surprising first."""
    project, caller = get_project_for(request.user, slug)
    layer = get_layer_choice_for(caller, request.GET.get("layer", ""))
    layers = [one for one in layer_choices(project) if one[0] != "all"]
    form = ConsistencyForm(request.GET, layers=layers if caller.may(Permission.VIEW_ALL_LAYERS) else [])
    listed = variations_of(project, layer, kind=form.kind)
    cursor = request.GET.get("cursor")
    page = page_of(listed, MOST_SURPRISING_FIRST, cursor=cursor, size=PAGE_SIZE)
    colours = {one.name: one.colour for one in published_definition(project.pk).labels}
    context = {
        "form": form,
        "layer": str(layer),
        "page": page,
        "rows": variation_rows(page.rows, colours),
        "job": last_count(project, layer),
    }
    return project_page(request, caller, "consistency", "articles/consistency.html", context)


@require_POST
@login_required
def count(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Count the labels of a layer now."""
    project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    layer = get_layer_choice_for(caller, request.POST.get("layer", ""))
    start_count(project=project, layer=layer, by=caller.user, enqueue=enqueue_count)
    return redirect(f"{reverse('articles:consistency', args=[slug])}?{urlencode({'layer': str(layer)})}")
