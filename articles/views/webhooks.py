from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Invalid
from annotator.lib.pages import sentences
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.setup import get_delivery_for, get_webhook_for
from articles.forms.webhooks import WebhookForm
from articles.models import Event
from articles.queries.webhooks import delivery_log, webhooks_of
from articles.services.notifications.webhooks import (
    add_webhook,
    remove_webhook,
    send_again,
    send_test,
    switch_webhook,
)
from articles.views.pages import project_page


@require_GET
@login_required
def webhooks(request: HttpRequest, slug: str) -> HttpResponse:
    """Which programs are told what happens here."""
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    return _page(request, caller)


@require_POST
@login_required
@never_cache
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new address. Its secret is in this answer and nowhere else."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = WebhookForm(request.POST)
    if form.is_valid():
        try:
            _row, secret = add_webhook(project=project, by=caller.user, **form.cleaned_data)
        except Invalid as error:
            form.add_error("url", sentences(error))
        else:
            return _page(request, caller, secret=secret)
    return _page(request, caller, form=form)


@require_GET
@login_required
def webhook(request: HttpRequest, slug: str, webhook_id: int) -> HttpResponse:
    """What one address was sent, and how it answered."""
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    row = get_webhook_for(caller, webhook_id)
    context = {"webhook": row, "log": delivery_log(row)}
    return project_page(request, caller, "webhooks", "articles/webhook.html", context)


@require_POST
@login_required
def switch(request: HttpRequest, slug: str, webhook_id: int) -> HttpResponseRedirect:
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    switch_webhook(webhook=get_webhook_for(caller, webhook_id), active="on" in request.POST)
    return redirect("articles:webhook", slug, webhook_id)


@require_POST
@login_required
def test(request: HttpRequest, slug: str, webhook_id: int) -> HttpResponseRedirect:
    """Send a message that means nothing, to see whether it arrives."""
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    send_test(webhook=get_webhook_for(caller, webhook_id), by=caller.user)
    messages.success(request, _("A test is on its way. Load this page again in a few seconds."))
    return redirect("articles:webhook", slug, webhook_id)


@require_POST
@login_required
def again(request: HttpRequest, slug: str, webhook_id: int, delivery_id: UUID) -> HttpResponseRedirect:
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    send_again(delivery=get_delivery_for(get_webhook_for(caller, webhook_id), delivery_id))
    messages.success(request, _("It is sent again."))
    return redirect("articles:webhook", slug, webhook_id)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, webhook_id: int) -> HttpResponseRedirect:
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    remove_webhook(webhook=get_webhook_for(caller, webhook_id))
    messages.success(request, _("The webhook is removed."))
    return redirect("articles:webhooks", slug)


def _page(
    request: HttpRequest, caller: Caller, *, form: WebhookForm | None = None, secret: str = ""
) -> HttpResponse:
    context = {
        "rows": webhooks_of(caller.project),
        "form": form or WebhookForm(initial={"events": Event.values}),
        "secret": secret,
    }
    status = 400 if form else 200
    return project_page(request, caller, "webhooks", "articles/webhooks.html", context, status)
