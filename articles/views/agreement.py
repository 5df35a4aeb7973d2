from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.domain.charts.curve import GRID
from articles.domain.measures.f_measure import FEWEST_ARTICLES
from articles.forms.agreement import AgreementForm, DisagreementForm, page_number
from articles.forms.evaluations import NONE
from articles.queries.agreement.disagreements import disagreement_page
from articles.queries.agreement.figures import agreement_of
from articles.queries.agreement.page import (
    agreement_choices,
    heat_map,
    matrix_of,
    pairs_of_people,
    trend_of,
)
from articles.views.pages import project_page


@require_GET
@login_required
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """How far people agree: all of them, each two, label by label, and over time."""
    project, caller = get_project_for(request.user, slug, Permission.VIEW_ALL_LAYERS)
    form = AgreementForm(request.GET, **agreement_choices(project))
    context = {**_about(caller), "form": form}
    if form.is_valid():
        figures = agreement_of(project, form.wanted)
        pairs = pairs_of_people(figures)
        context |= {
            "figures": figures,
            "pairs": pairs,
            "heat_map": heat_map(pairs),
            "matrix": matrix_of(figures),
            "trend": trend_of(figures),
            "grid": GRID,
        }
    status = 400 if form.errors else 200
    return project_page(request, caller, "agreement", "articles/agreement.html", context, status)


@require_GET
@login_required
def disagreements(request: HttpRequest, slug: str) -> HttpResponse:
    """Where people disagree, place by place."""
    project, caller = get_project_for(request.user, slug, Permission.VIEW_ALL_LAYERS)
    form = DisagreementForm(request.GET, **agreement_choices(project))
    context = {**_about(caller), "form": form}
    if form.is_valid():
        number = page_number(request.GET.get("page", ""))
        context["page"] = disagreement_page(project, form.wanted, form.differing, number)
    status = 400 if form.errors else 200
    return project_page(request, caller, "agreement", "articles/disagreements.html", context, status)


def _about(caller: Caller) -> dict[str, Any]:
    return {
        "none": NONE,
        "fewest_articles": FEWEST_ARTICLES,
        "caller_may_review": caller.may(Permission.REVIEW),
    }
