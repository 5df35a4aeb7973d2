"""The page of an engine that reads by a list: editing it beside what it finds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Invalid
from annotator.lib.pages import sentences
from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.engines import get_engine_for
from articles.engines.lists import ListEngine
from articles.forms.engine_lists import SampleForm, spread_lines
from articles.forms.engines import SettingsForm
from articles.models import Article, ProjectEngine
from articles.queries.engines.cards import card_of, left_nothing
from articles.queries.engines.lists import (
    Tried,
    list_engine,
    names_only_gold_has,
    sample_articles,
    settings_digest,
    try_list,
)
from articles.services.engines.lists import keep_list
from articles.services.runs.running import start_run
from articles.tasks.runs import enqueue_run
from articles.views.pages import project_page


def list_page(
    request: HttpRequest, caller: Caller, row: ProjectEngine, kind: type[ListEngine]
) -> HttpResponse:
    """Keep the list, or try it on a sample; trying stores nothing."""
    form = _form(request, row, kind)
    sample = SampleForm(request.POST if request.method == "POST" else {})
    sample.is_valid()
    tried = None
    if form.is_valid():
        try:
            if "try" not in request.POST:
                return _keep(request, row, kind, form)
            tried = _try(caller, row, form, sample)
        except Invalid as error:
            form.show(error)
    context = {
        "card": card_of(row),
        **_form_parts(form, kind),
        "sample": sample,
        "tried": tried,
        "seen": settings_digest(row.settings),
        "is_kept": request.method == "GET",
        "unbegun": Article.objects.of(caller.project).untouched().count(),
        "can_be_removed": left_nothing(row),
        "labels": [label for label in published_definition(caller.project.pk).labels if not label.retired],
    }
    status = 400 if form.errors else 200
    return project_page(request, caller, "engines", "articles/engine_list.html", context, status)


def _form_parts(form: SettingsForm, kind: type[ListEngine]) -> dict[str, Any]:
    """The form, whose list stands apart from the other settings."""
    return {
        "form": form,
        "entry": kind.entry,
        "holds_names": kind.holds_names,
        "list": form[kind.list_setting],
        "upload": form[f"{kind.list_setting}_file"],
        "others": [one for one in form if not one.name.startswith(kind.list_setting)],
    }


@require_POST
@login_required
def try_out(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """What the list as it stands in the page finds: the piece of the page that says so."""
    caller, row, kind = _list_for(request, slug, name)
    data = request.POST.copy()
    data[kind.list_setting] = spread_lines(data.get(kind.list_setting, ""), data.get("numbers", ""))
    form = SettingsForm(data, engine=kind, values=row.settings)
    sample = SampleForm(request.POST)
    sample.is_valid()
    try:
        tried = _try(caller, row, form, sample) if form.is_valid() else None
    except Invalid as error:
        return render(request, "articles/engine_tried.html", {"problems": sentences(error)}, status=400)
    context = {"tried": tried, "project": caller.project, "only": bool(data.get("numbers"))}
    return render(request, "articles/engine_tried.html", context)


@require_POST
@login_required
def run_list(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Let the engine read the articles that nobody has begun."""
    caller, row, _ = _list_for(request, slug, name)
    ids = Article.objects.of(caller.project).untouched().values_list("pk", flat=True)
    job = start_run(
        project=caller.project, engines=[row], article_ids=ids, by=caller.user, enqueue=enqueue_run
    )
    return redirect("articles:job", slug, job.pk)


@require_GET
@login_required
def gold_names(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Names that gold has and the kept list has not."""
    caller, row, kind = _list_for(request, slug, name)
    names = names_only_gold_has(caller.project, kind, row.settings)
    return render(request, "articles/engine_gold_names.html", {"names": names})


@require_GET
@login_required
def download(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The list as it is kept, with tabs."""
    _, row, kind = _list_for(request, slug, name)
    text = f"{row.settings.get(kind.list_setting) or ''}\n"
    response = HttpResponse(text, content_type="text/tab-separated-values; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{name}.tsv"'
    return response


def _list_for(request: HttpRequest, slug: str, name: str) -> tuple[Caller, ProjectEngine, type[ListEngine]]:
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    row = get_engine_for(caller, name)
    kind = list_engine(row)
    if kind is None:
        raise Http404
    return caller, row, kind


def _form(request: HttpRequest, row: ProjectEngine, kind: type[ListEngine]) -> SettingsForm:
    sent: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    return SettingsForm(*sent, engine=kind, values=row.settings)


def _try(caller: Caller, row: ProjectEngine, form: SettingsForm, sample: SampleForm) -> Tried:
    articles = sample_articles(caller.project, sample.wanted, user=caller.user)
    return try_list(row, form.settings, articles, whole=bool(sample.cleaned_data.get("whole")))


def _keep(
    request: HttpRequest, row: ProjectEngine, kind: type[ListEngine], form: SettingsForm
) -> HttpResponse:
    changes = keep_list(engine=row, kind=kind, settings=form.settings, seen=request.POST.get("seen", ""))
    added = ngettext("%(count)s line added", "%(count)s lines added", len(changes.added))
    removed = ngettext("%(count)s line removed", "%(count)s lines removed", len(changes.removed))
    parts = [
        words % {"count": intcomma(len(lines))}
        for words, lines in ((added, changes.added), (removed, changes.removed))
        if lines
    ]
    what = (
        gettext("Kept: %(changes)s.") % {"changes": ", ".join(parts)}
        if parts
        else gettext("Kept. The list is as it was.")
    )
    messages.success(request, f"{what} {gettext('It counts from the next run on.')}")
    return redirect("articles:engine", row.project.slug, row.name)
