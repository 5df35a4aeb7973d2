from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language

from annotator.lib.errors import Refused
from annotator.lib.pages import sentences
from annotator.users.forms import JoinForm, NameForm, NewsForm, TokenForm
from annotator.users.models import Invitation, Role, User
from annotator.users.queries import live_tokens
from annotator.users.requests import person_of
from annotator.users.services.invitations import accept_invitation, find_invitation, join_as_new_person
from annotator.users.services.people import change_display_name, change_language, change_news
from annotator.users.services.tokens import create_token, revoke_token

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The caller's name, ways of signing in, and API tokens."""
    user = person_of(request)
    form = NameForm(request.POST or None, initial={"display_name": user.display_name})
    if form.is_valid():
        change_display_name(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("users:account")
    return _account(request, user, name_form=form)


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Another language of the pages, before signing in or after: kept in a cookie and with the person."""
    chosen = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    if isinstance(request.user, User) and check_for_language(chosen):
        change_language(user=request.user, language=chosen)
    return set_language(request)


@require_POST
@login_required
def news(request: HttpRequest) -> HttpResponse:
    """Whether and where news goes by e-mail."""
    user, form = person_of(request), NewsForm(request.POST)
    if not form.is_valid():
        return _account(request, user, news_form=form)
    change_news(user=user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("users:account")


@require_GET
@login_required
@never_cache
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where signing in from within the editor ends: the page tells the editor, and who it is now."""
    return render(request, "users/signed_in.html")


@require_POST
@login_required
@never_cache
def new_token(request: HttpRequest) -> HttpResponse:
    """Make an API token. It is in this answer and nowhere else: only its digest is kept."""
    user, form = person_of(request), TokenForm(request.POST)
    if not form.is_valid():
        return _account(request, user, token_form=form)
    name, scope = form.cleaned_data["name"], form.cleaned_data["scope"]
    token, secret = create_token(user=user, name=name, scope=scope, expires_at=form.expires_at)
    return _account(request, user, secret=secret, token=token)


@require_POST
@login_required
def revoke(request: HttpRequest, token_id: int) -> HttpResponseRedirect:
    if not revoke_token(user=person_of(request), token_id=token_id):
        raise Http404
    messages.success(request, _("The token is revoked: programs that use it are shut out from now on."))
    return redirect("users:account")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@never_cache
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """What an invitation's link opens: join with the account one has, or make one first."""
    invitation = find_invitation(secret)
    if invitation is None:
        return render(request, "users/invitation_spent.html", status=404)
    if isinstance(request.user, User):
        return _join(request, invitation, secret)
    return _join_as_new_person(request, invitation, secret)


def _join(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    if request.method == "POST":
        project = accept_invitation(secret=secret, user=person_of(request))
        messages.success(request, _("Welcome to %(name)s.") % {"name": project.name})
        return redirect("articles:project", project.slug)
    return render(request, "users/join.html", _invitation(invitation))


def _join_as_new_person(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if form.is_valid():
        try:
            user, project = join_as_new_person(secret=secret, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, sentences(error))
        else:
            login(request, user, backend=_BACKEND)
            messages.success(
                request, _("Welcome to %(project)s, %(name)s.") % {"project": project.name, "name": user.name}
            )
            return redirect("articles:project", project.slug)
    context = {**_invitation(invitation), "form": form}
    return render(request, "users/join.html", context, status=400 if form.errors else 200)


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {"invitation": invitation, "role": str(Role(invitation.role).label)}


def _account(request: HttpRequest, user: User, **more: Any) -> HttpResponse:
    context = {
        "name_form": NameForm(initial={"display_name": user.display_name}),
        "news_form": NewsForm(initial={"email": user.email, "digest": user.digest}),
        "token_form": TokenForm(),
        "tokens": live_tokens(user),
        **more,
    }
    failed = any(context[name].errors for name in ("name_form", "news_form", "token_form"))
    return render(request, "users/account.html", context, status=400 if failed else 200)
