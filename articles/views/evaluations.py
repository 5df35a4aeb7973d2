from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Refused
from annotator.lib.numbers import whole_number
from annotator.lib.pages import sentences
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.engines import get_evaluation_for, get_evaluation_of
from articles.forms.evaluations import NONE, EvaluationForm, MistakeForm
from articles.models import Evaluation
from articles.queries.evaluations.figures import diagram_of, label_rows, matrix_of
from articles.queries.evaluations.mistakes import compare_evaluations, mistake_rows, mistakes_of
from articles.queries.evaluations.page import last_evaluation_job, latest_evaluations, recent_evaluations
from articles.queries.gold.approved import gold_articles
from articles.queries.pages import Ordering, page_of
from articles.queries.projects.figures import project_engines
from articles.queries.suggestions.effect import effect_on_people
from articles.services.evaluations import start_evaluation
from articles.tasks.evaluations import enqueue_evaluation
from articles.views.pages import project_page

PAGE_SIZE = 50
_IN_ORDER = Ordering("id")


@require_GET
@login_required
def evaluations(request: HttpRequest, slug: str) -> HttpResponse:
    """How good each engine is, and what its suggestions do to people."""
    _, caller = get_project_for(request.user, slug, Permission.VIEW_ALL_LAYERS)
    return _evaluations(request, caller)


@require_POST
@login_required
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Hold the chosen engines against gold."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    rows = project_engines(project)
    form = EvaluationForm(request.POST, engines=rows)
    if form.is_valid():
        chosen = [row for row in rows if row.name in form.cleaned_data["engines"]]
        try:
            start_evaluation(project=project, engines=chosen, by=caller.user, enqueue=enqueue_evaluation)
        except Refused as error:
            form.add_error(None, sentences(error))
        else:
            return redirect("articles:evaluations", slug)
    return _evaluations(request, caller, form)


@require_GET
@login_required
def evaluation(request: HttpRequest, slug: str, evaluation_id: int) -> HttpResponse:
    """One engine against gold: by label, what it takes for what, and what its confidence is worth."""
    found, caller = get_evaluation_for(request.user, evaluation_id, project=slug)
    context = {
        **_about(found, caller),
        "labels": label_rows(found.figures),
        "matrix": matrix_of(found.figures),
        "diagram": diagram_of(found.figures),
        "others": [row for row in recent_evaluations(caller.project) if row.id != found.pk],
    }
    return project_page(request, caller, "evaluations", "articles/evaluation.html", context)


@require_GET
@login_required
def mistakes(request: HttpRequest, slug: str, evaluation_id: int) -> HttpResponse:
    """Where the engine and gold differ, each with the words around it."""
    found, caller = get_evaluation_for(request.user, evaluation_id, project=slug)
    form = MistakeForm(request.GET, labels=sorted(found.figures["exact"]["labels"]))
    context = {**_about(found, caller), "form": form}
    if form.is_valid():
        listed = mistakes_of(found, form.wanted)
        page = page_of(listed, _IN_ORDER, cursor=request.GET.get("cursor"), size=PAGE_SIZE)
        context |= {"page": page, "rows": mistake_rows(page.rows)}
    status = 400 if form.errors else 200
    return project_page(request, caller, "evaluations", "articles/mistakes.html", context, status)


@require_GET
@login_required
def comparison(request: HttpRequest, slug: str, evaluation_id: int) -> HttpResponse:
    """Two evaluations on the articles that both have read."""
    found, caller = get_evaluation_for(request.user, evaluation_id, project=slug)
    number = whole_number(request.GET.get("with", ""))
    if number is None:
        return redirect("articles:evaluation", slug, evaluation_id)
    other = get_evaluation_of(caller, number)
    context = {**_about(found, caller), "other": other, "compared": compare_evaluations(other, found)}
    return project_page(request, caller, "evaluations", "articles/comparison.html", context)


def _about(found: Evaluation, caller: Caller) -> dict[str, Any]:
    return {
        "evaluation": found,
        "figures": found.figures,
        "none": NONE,
        "caller_may_review": caller.may(Permission.REVIEW),
    }


def _evaluations(request: HttpRequest, caller: Caller, form: EvaluationForm | None = None) -> HttpResponse:
    project = caller.project
    context = {
        "rows": latest_evaluations(project),
        "recent": recent_evaluations(project),
        "gold": gold_articles(project).count(),
        "job": last_evaluation_job(project),
        "effect": effect_on_people(project),
        "form": form or EvaluationForm(engines=project_engines(project)),
    }
    status = 400 if form and form.errors else 200
    return project_page(request, caller, "evaluations", "articles/evaluations.html", context, status)
