from __future__ import annotations

from itertools import zip_longest

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotator.lib.errors import Refused
from annotator.lib.markdown import render_markdown
from annotator.users.permissions import Permission
from articles.access.articles import get_decision_for
from articles.access.caller import get_project_for
from articles.access.setup import get_guideline_version_for, get_precedent_for
from articles.forms.guidelines import GuidelinesForm, ReasonForm
from articles.queries.guidelines import (
    cases_to_add,
    label_guides,
    lines_changed,
    newest_version,
    versions_of,
)
from articles.queries.known_gold.known_articles import about_known_articles
from articles.services.guidelines import (
    add_precedent,
    change_guidelines,
    restore_version,
    withdraw_precedent,
)
from articles.views.pages import project_page


@require_GET
@login_required
def guidelines(request: HttpRequest, slug: str) -> HttpResponse:
    """What counts as what: in general, label by label, and the cases that were decided."""
    project, caller = get_project_for(request.user, slug)
    version = newest_version(project)
    context = {
        "version": version,
        "general": render_markdown(version.text),
        "about_known": about_known_articles(project),
        "guides": label_guides(project, version),
        "cases": cases_to_add(project) if caller.may(Permission.REVIEW) else [],
    }
    return project_page(request, caller, "guidelines", "articles/guidelines.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """A form of all that is said; keeping it makes a new version."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    newest = newest_version(project)
    names = [one.label.name for one in label_guides(project, newest)]
    rules = {f"label-{name}": words for name, words in newest.labels.items()}
    form = GuidelinesForm(request.POST or None, labels=names, initial={"text": newest.text, **rules})
    if form.is_valid():
        # Rules of labels that are retired now stay: the label may come back.
        labels = {**newest.labels, **form.rules}
        try:
            row = change_guidelines(
                project=project,
                text=form.cleaned_data["text"].replace("\r\n", "\n"),
                labels={name: words.replace("\r\n", "\n") for name, words in labels.items()},
                note=form.cleaned_data["note"],
                by=caller.user,
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            said = _("Version %(number)s is what counts now.") % {"number": row.number} if row else ""
            messages.success(request, said or _("Nothing was changed."))
            return redirect("articles:guidelines", slug)
    context = {"form": form, "newest": newest}
    status = 400 if form.errors else 200
    return project_page(request, caller, "guidelines", "articles/guidelines_edit.html", context, status)


@require_GET
@login_required
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version, with what it changed."""
    project, caller = get_project_for(request.user, slug)
    versions = versions_of(project)
    changes = [(new, lines_changed(old, new)) for new, old in zip_longest(versions, versions[1:])]
    context = {"versions": changes}
    return project_page(request, caller, "guidelines", "articles/guidelines_history.html", context)


@require_POST
@login_required
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponseRedirect:
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    restore_version(version=get_guideline_version_for(caller, number), by=caller.user)
    messages.success(
        request, _("The guidelines are as they were in version %(number)s.") % {"number": number}
    )
    return redirect("articles:guidelines", slug)


@require_POST
@login_required
def add_case(request: HttpRequest, slug: str, decision_id: int) -> HttpResponseRedirect:
    """A decided case becomes an example."""
    _project, caller = get_project_for(request.user, slug, Permission.REVIEW)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    row = add_precedent(decision=get_decision_for(caller, decision_id), by=caller.user, reason=reason)
    messages.success(request, _("It stands among the examples of %(label)s now.") % {"label": row.about})
    return redirect("articles:guidelines", slug)


@require_POST
@login_required
def withdraw_case(request: HttpRequest, slug: str, precedent_id: int) -> HttpResponseRedirect:
    _project, caller = get_project_for(request.user, slug, Permission.REVIEW)
    withdraw_precedent(precedent=get_precedent_for(caller, precedent_id))
    messages.success(request, _("The example is taken out."))
    return redirect("articles:guidelines", slug)
