from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from annotator.lib.errors import Invalid
from annotator.lib.pages import sentences
from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.layers import may_change_in_bulk
from articles.domain.concordance import in_order
from articles.forms.concordance import SORTINGS, WAYS, ConcordanceForm, read_concordance
from articles.forms.filters import COMMENTS, TWINS
from articles.models import REVIEWABLE, Status
from articles.queries.articles import languages
from articles.queries.concordance.page import rows_of
from articles.queries.concordance.search import UNLABELLED, find_lines
from articles.queries.layers.choice import GOLD, layer_choices
from articles.views.pages import project_page

PAGE_SIZE = 100


@require_GET
@login_required
def concordance(request: HttpRequest, slug: str) -> HttpResponse:
    """Every place in the corpus where words or a label stand, in their context."""
    _, caller = get_project_for(request.user, slug)
    problems: list[str] = []
    context: dict[str, Any] = {}
    try:
        context = _lines(read_concordance(request.GET, caller), caller)
    except Invalid as error:
        problems = sentences(error)
    context |= {**_choices(request, caller), "problems": problems}
    status = 400 if problems else 200
    return project_page(request, caller, "concordance", "articles/concordance.html", context, status)


def _lines(form: ConcordanceForm, caller: Caller) -> dict[str, Any]:
    """The page of lines that the form asks for."""
    search, project = form.search, caller.project
    found = find_lines(project, search, user=caller.user)
    pages = max(1, -(-len(found.lines) // PAGE_SIZE))
    page = min(form.page_number, pages)
    shown = in_order(found.lines, form.sorting)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return {
        "search": search,
        "review_statuses": REVIEWABLE if search.layer == GOLD and caller.may(Permission.REVIEW) else (),
        "found": found,
        "may_change": may_change_in_bulk(caller, search.layer),
        "is_gold": search.layer == GOLD,
        "relabels": search.labelled not in ("", UNLABELLED),
        "rows": rows_of(project, shown, search.layer),
        "first": (page - 1) * PAGE_SIZE + 1,
        "previous": page - 1,
        "next": page + 1 if page < pages else 0,
    }


def _choices(request: HttpRequest, caller: Caller) -> dict[str, Any]:
    project = caller.project
    sees_all = caller.may(Permission.VIEW_ALL_LAYERS)
    layers = [one for one in layer_choices(project) if one[0] != "all"] if sees_all else []
    return {
        "asked": request.GET,
        "narrowed": any(request.GET.get(name) for name in _NARROWING),
        "ways": WAYS,
        "sortings": SORTINGS,
        "layers": layers,
        "unlabelled": UNLABELLED,
        "labels": sorted(published_definition(project.pk).active_names),
        "languages": languages(project),
        "statuses": Status.choices,
        "comment_choices": COMMENTS,
        "twin_choices": TWINS,
    }


_NARROWING = (
    "q",
    "status",
    "label",
    "language",
    "published_after",
    "published_before",
    "comments",
    "twins",
    "mine",
)
