from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Invalid
from annotator.users.models import Role
from annotator.users.permissions import Permission
from annotator.users.queries import members_of, open_invitations
from annotator.users.services.invitations import invite, withdraw_invitation
from annotator.users.services.members import add_member, remove_member
from annotator.users.services.seeing import LOWER
from articles.access.caller import Caller, get_project_for
from articles.access.team import get_invitation_for, get_member_for
from articles.forms.members import InviteForm, RoleForm
from articles.views.pages import project_page


@require_GET
@login_required
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in, and which invitations are open."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    return _page(request, caller)


@require_POST
@login_required
@never_cache
def send_invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link. It is in this answer and nowhere else: only its digest is kept."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    role = _role(InviteForm(request.POST))
    _, secret = invite(project=project, role=role, by=caller.user)
    link = request.build_absolute_uri(reverse("users:join", args=[secret]))
    return _page(request, caller, link=link, link_role=str(Role(role).label))


@require_POST
@login_required
def withdraw(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponseRedirect:
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    withdraw_invitation(invitation=get_invitation_for(caller, invitation_id))
    messages.success(request, gettext("The invitation is withdrawn: its link no longer works."))
    return redirect("articles:members", slug)


@require_POST
@login_required
def change_role(request: HttpRequest, slug: str, username: str) -> HttpResponseRedirect:
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    member = get_member_for(caller, username)
    role = _role(RoleForm(request.POST))
    add_member(project=project, user=member, role=role)
    messages.success(
        request,
        gettext("%(name)s is now %(label)s.") % {"name": member.name, "label": str(Role(role).label).lower()},
    )
    return _back(caller, changed=member.pk)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, username: str) -> HttpResponseRedirect:
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    member = get_member_for(caller, username)
    remove_member(project=project, user=member)
    messages.success(
        request, gettext("%(name)s is no longer a member. What they annotated stays.") % {"name": member.name}
    )
    return _back(caller, changed=member.pk)


def _back(caller: Caller, *, changed: int) -> HttpResponseRedirect:
    """To the members' page, unless the caller has just given up the right to see it."""
    if changed == caller.user.pk and not caller.user.is_superuser:
        return redirect("articles:home")
    return redirect("articles:members", caller.project.slug)


def _page(request: HttpRequest, caller: Caller, **more: str) -> HttpResponse:
    context = {
        "members": members_of(caller.project),
        "invitations": open_invitations(caller.project),
        "roles": Role.choices,
        "lower_roles": [(role.value, role.label) for role in LOWER],
        "form": InviteForm(),
        **more,
    }
    return project_page(request, caller, "members", "articles/members.html", context)


def _role(form: Form) -> str:
    if not form.is_valid():
        raise Invalid(gettext("Choose one of the roles."))
    return str(form.cleaned_data["role"])
