"""What an engine has learned, and how a manager steers it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.engines import get_engine_for, get_version_for
from articles.queries.engines.cards import card_of
from articles.queries.engines.versions import curve_of, f1_of, label_rows, learning_of
from articles.services.engines.managing import change_engine
from articles.services.engines.training import start_training
from articles.services.engines.versions import make_live
from articles.tasks.runs import enqueue_run
from articles.tasks.training import enqueue_training
from articles.views.pages import project_page


@require_GET
@login_required
def learning(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """What the engine learned from, how good it became, and its versions."""
    _, caller = get_project_for(request.user, slug)
    engine = get_engine_for(caller, name)
    found = learning_of(engine)
    shown = found.shown
    context = {
        "card": card_of(engine),
        "learning": found,
        "rows": [(one, f1_of(one)) for one in found.versions],
        "shown": shown,
        "f1": f1_of(shown) if shown else None,
        "labels": list(label_rows(shown)) if shown else [],
        "curve": curve_of(shown) if shown else None,
    }
    return project_page(request, caller, "engines", "articles/learning.html", context)


@require_POST
@login_required
def train(request: HttpRequest, slug: str, name: str) -> HttpResponseRedirect:
    """Have the engine learn now."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    engine = get_engine_for(caller, name)
    job = start_training(engine=engine, by=caller.user, enqueue=enqueue_training)
    return redirect("articles:job", slug, job.pk)


@require_POST
@login_required
def switch_learning(request: HttpRequest, slug: str, name: str) -> HttpResponseRedirect:
    """Whether the engine learns by itself."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    engine = get_engine_for(caller, name)
    learns = request.POST.get("learns") == "on"
    change_engine(engine=engine, learns=learns)
    said = (
        gettext("%(name)s learns by itself again.")
        if learns
        else gettext("%(name)s learns only when you train it.")
    )
    messages.success(request, said % {"name": engine.name})
    return redirect("articles:learning", slug, name)


@require_POST
@login_required
def live(request: HttpRequest, slug: str, name: str, number: int) -> HttpResponseRedirect:
    """Let a version suggest from now on."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    version = get_version_for(get_engine_for(caller, name), number)
    run = make_live(version=version, by=caller.user, enqueue_run=enqueue_run)
    live = gettext("Version %(number)s is live.") % {"number": number}
    messages.success(request, f"{live} {_what_follows(run is not None)}")
    return redirect("articles:learning", slug, name)


def _what_follows(reads: bool) -> str:
    if reads:
        return gettext("It reads again what nobody has begun.")
    return gettext("There is nothing for it to read again.")
