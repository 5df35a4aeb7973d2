"""People and their invitations."""

from __future__ import annotations

from django.db.models import Q

from annotator.users.models import Invitation, User
from annotator.users.permissions import Permission
from articles.access.caller import Caller, one_of
from articles.models import (
    Assignment,
)


def get_invitation_for(caller: Caller, invitation_id: int) -> Invitation:
    return one_of(Invitation.objects.filter(project=caller.project, pk=invitation_id))


def get_member_for(caller: Caller, username: str) -> User:
    """A member of the caller's project."""
    return one_of(User.objects.filter(username=username, memberships__project=caller.project))


def get_holder_for(caller: Caller, username: str) -> User:
    """A member of the caller's project, or somebody who was one and still has articles of it."""
    caller.require(Permission.MANAGE)
    had = Assignment.objects.filter(article__project=caller.project).values("user")
    known = Q(memberships__project=caller.project) | Q(pk__in=had)
    return one_of(User.objects.filter(known, username=username))
