from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotator.lib.errors import Refused
from annotator.users.models import User
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.team import get_holder_for, get_member_for
from articles.forms.assignments import HandoutForm, InHandForm
from articles.queries.articles import find_articles
from articles.queries.assignments.handouts import (
    able_to_annotate,
    articles_to_give,
    latest_handouts,
    plan_handout,
    shares_of,
)
from articles.queries.assignments.workloads import in_hand, people_at_work
from articles.services.assignments.handouts import give_articles, pass_on
from articles.services.assignments.leases import withdraw_articles
from articles.views.pages import project_page


@require_GET
@login_required
def assignments(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has how much in hand, what is overdue, and what was given out lately."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    context = {
        "people": people_at_work(project),
        "handouts": latest_handouts(project),
    }
    return project_page(request, caller, "assignments", "articles/assignments.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose articles and people and see who would get how many; a POST of the same gives them."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    sent = request.POST if request.method == "POST" else request.GET
    form = HandoutForm(sent, project=project, people=able_to_annotate(project))
    context: dict[str, Any] = {"form": form}
    if form.is_valid() and form.is_filled:
        try:
            if request.method == "POST":
                return _given(request, caller, form)
            plan = plan_handout(project, _chosen(caller, form), form.weights, form.cleaned_data["each"])
            context |= {"plan": plan, "shares": shares_of(project, plan), "sent": sent.items()}
        except Refused as error:
            context["refusal"] = error.reason
    status = 400 if form.errors or "refusal" in context else 200
    return project_page(request, caller, "assignments", "articles/handout.html", context, status)


@require_GET
@login_required
def person(request: HttpRequest, slug: str, username: str) -> HttpResponse:
    """What one person has in hand."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    holder = get_holder_for(caller, username)
    context = {
        "holder": holder,
        "rows": in_hand(project, holder),
        "others": [row.user for row in able_to_annotate(project) if row.user != holder],
    }
    return project_page(request, caller, "assignments", "articles/in_hand.html", context)


@require_POST
@login_required
def take(request: HttpRequest, slug: str, username: str) -> HttpResponseRedirect:
    """Withdraw unfinished articles from a person, or give them to somebody else."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    holder = get_holder_for(caller, username)
    articles, name = _ticked(request, caller, holder)
    if name:
        to = get_member_for(caller, name)
        taken, given = pass_on(project=project, user=holder, articles=articles, to=to, by=caller.user)
        went = _("%(given)s of %(taken)s articles went from %(holder)s to %(to)s.")
        left = _("%(left)s had no room for %(to)s and are free.") if given < taken else ""
        values = {"given": given, "taken": taken, "holder": holder.name, "to": to.name, "left": taken - given}
        messages.success(request, f"{went} {left}".strip() % values)
    else:
        gone = withdraw_articles(project=project, user=holder, articles=articles, by=caller.user)
        messages.success(
            request,
            _("Withdrawn from %(name)s: %(gone)s. What they did there is kept.")
            % {"name": holder.name, "gone": len(gone)},
        )
    return redirect("articles:in-hand", slug, username)


def _chosen(caller: Caller, form: HandoutForm) -> list[int]:
    """The ids of the articles that the form means."""
    rows = find_articles(caller.project, form.wanted, user=caller.user)
    return articles_to_give(rows, numbers=form.cleaned_data["numbers"], at_most=form.cleaned_data["at_most"])


def _given(request: HttpRequest, caller: Caller, form: HandoutForm) -> HttpResponseRedirect:
    handout, plan = give_articles(
        project=caller.project,
        articles=_chosen(caller, form),
        weights=form.weights,
        each=form.cleaned_data["each"],
        due_on=form.cleaned_data["due_on"],
        by=caller.user,
    )
    messages.success(
        request,
        _("Given: %(articles)s articles, %(given)s assignments in all.")
        % {"articles": intcomma(plan.articles), "given": intcomma(handout.given)},
    )
    return redirect("articles:assignments", caller.project.slug)


def _ticked(request: HttpRequest, caller: Caller, holder: User) -> tuple[list[int], str]:
    rows = in_hand(caller.project, holder)
    return InHandForm(request.POST, in_hand=[row.claim.article_id for row in rows]).checked()
