from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotator.lib.errors import Invalid
from annotator.lib.numbers import whole_number
from annotator.lib.pages import sentences
from annotator.lib.sentences import said
from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.articles import get_article_for
from articles.access.caller import Caller, get_project_for
from articles.access.engines import get_engine_for
from articles.engines.lists import ListEngine
from articles.forms.engines import RunForm, SettingsForm, run_choices
from articles.forms.new_engine import NewEngineForm
from articles.models import ProjectEngine
from articles.queries.articles import find_articles, status_counts
from articles.queries.engines.cards import (
    EngineCard,
    Taste,
    addable_kinds,
    articles_to_taste,
    card_of,
    engine_cards,
    left_nothing,
    taste,
)
from articles.queries.engines.connections import probe
from articles.queries.engines.settings import kept_keys
from articles.services.engines.managing import add_engine, change_engine, remove_engine
from articles.services.runs.running import start_run
from articles.tasks.runs import enqueue_run
from articles.views.engine_lists import list_page
from articles.views.pages import project_page


@require_GET
@login_required
def engines(request: HttpRequest, slug: str) -> HttpResponse:
    """What suggests entities in this project, and the start of a run."""
    _, caller = get_project_for(request.user, slug)
    return _engines(request, caller)


@require_POST
@login_required
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Start pre-annotation of the articles that the form describes."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    rows = _usable(engine_cards(project))
    form = RunForm(request.POST, engines=rows)
    if form.is_valid() and "count" in request.POST:
        fitting = find_articles(project, form.wanted, user=caller.user).count()
        return _engines(request, caller, form, fitting)
    if form.is_valid():
        found = find_articles(project, form.wanted, user=caller.user)
        chosen = [row for row in rows if row.name in form.cleaned_data["engines"]]
        try:
            job = start_run(
                project=project,
                engines=chosen,
                article_ids=found.values_list("pk", flat=True),
                by=caller.user,
                enqueue=enqueue_run,
                chosen_by=form.kept,
            )
        except Invalid as error:
            form.add_error(None, sentences(error))
        else:
            return redirect("articles:job", slug, job.pk)
    return _engines(request, caller, form)


@require_POST
@login_required
def switch(request: HttpRequest, slug: str, name: str) -> HttpResponseRedirect:
    """Whether the engine reads new articles by itself."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    row = get_engine_for(caller, name)
    enabled = request.POST.get("enabled") == "on"
    change_engine(engine=row, enabled=enabled)
    said = gettext("%(name)s is on.") if enabled else gettext("%(name)s is off.")
    messages.success(request, said % {"name": row.name})
    return redirect("articles:engines", slug)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose an engine for the project; its settings come on the page after."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    kinds = addable_kinds(project)
    form = NewEngineForm(request.POST if request.method == "POST" else None, kinds=kinds)
    if form.is_valid():
        try:
            row = add_engine(project=project, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, sentences(error))
        else:
            on = "" if row.enabled else gettext("Enter its settings, then switch it on.")
            messages.success(request, f"{gettext('%(name)s is added.') % {'name': row.name}} {on}".strip())
            return redirect("articles:engine", slug, row.name)
    told = [(one.name, one.title, one.description) for one in kinds]  # a template would call a class
    context = {"form": form, "kinds": told}
    status = 400 if form.errors else 200
    return project_page(request, caller, "engines", "articles/engine_new.html", context, status)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, name: str) -> HttpResponseRedirect:
    """Take away an engine that has left nothing behind."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    row = get_engine_for(caller, name)
    remove_engine(engine=row)
    messages.success(request, gettext("%(name)s is removed.") % {"name": row.name})
    return redirect("articles:engines", slug)


@require_http_methods(["GET", "POST"])
@login_required
def engine(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """An engine's settings, with a try-out on an article. Trying stores nothing."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    card = card_of(get_engine_for(caller, name))
    if card.kind and issubclass(card.kind, ListEngine):
        return list_page(request, caller, card.row, card.kind)
    form = _settings_form(request, card)
    tasted = None
    if form and form.is_valid():
        try:
            if "try" not in request.POST:
                return _keep(request, card, form)
            tasted = _taste(request, caller, card, form)
        except Invalid as error:
            form.show(error)
    context = {
        "card": card,
        "form": form,
        "tasted": tasted,
        "articles": articles_to_taste(project),
        "can_be_removed": left_nothing(card.row),
        "labels": [label for label in published_definition(project.pk).labels if not label.retired],
    }
    status = 400 if form and form.errors else 200
    return project_page(request, caller, "engines", "articles/engine.html", context, status)


def _keep(request: HttpRequest, card: EngineCard, form: SettingsForm) -> HttpResponseRedirect:
    change_engine(engine=card.row, settings=form.settings, secrets=form.secrets)
    messages.success(request, gettext("The settings are kept. They count from the next run on."))
    if "test" in request.POST:
        _test(request, card)
    return redirect("articles:engine", card.row.project.slug, card.row.name)


def _test(request: HttpRequest, card: EngineCard) -> None:
    """Ask the engine's service once, and say what came of it."""
    tested = probe(card.row)
    tell = messages.success if tested.worked else messages.error
    tell(request, said(tested.said))
    if tested.worked and not card.row.enabled:
        messages.info(request, gettext("It is off: switch it on among the engines."))


def _usable(cards: list[EngineCard]) -> list[ProjectEngine]:
    return [card.row for card in cards if not card.obstacle]


def _engines(
    request: HttpRequest, caller: Caller, form: RunForm | None = None, fitting: int | None = None
) -> HttpResponse:
    cards = engine_cards(caller.project)
    context = {
        "cards": cards,
        "form": form or RunForm(engines=_usable(cards), initial=run_choices(request.GET)),
        "fitting": fitting,
        "counts": status_counts(caller.project, caller.user),
    }
    status = 400 if form and form.errors else 200
    return project_page(request, caller, "engines", "articles/engines.html", context, status)


def _settings_form(request: HttpRequest, card: EngineCard) -> SettingsForm | None:
    if card.kind is None:
        return None
    sent: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    known = published_definition(card.row.project_id).labels
    return SettingsForm(
        *sent,
        engine=card.kind,
        values=card.row.settings,
        kept_keys=kept_keys(card.row),
        labels=[label.name for label in known if not label.retired],
    )


def _taste(request: HttpRequest, caller: Caller, card: EngineCard, form: SettingsForm) -> Taste:
    number = whole_number(request.POST.get("article", ""))
    if number is None:
        raise Invalid(gettext("Choose an article to try it on."))
    article, _ = get_article_for(caller.user, number, project=caller.project.slug)
    return taste(card.row, form.settings, article, form.secrets)
