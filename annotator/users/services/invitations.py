from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.lib.tokens import digest, new_token
from annotator.users.models import Invitation, Membership, Project, User, Verb
from annotator.users.services.audit import record
from annotator.users.services.members import add_member
from annotator.users.services.people import create_user

LIFETIME = timedelta(days=7)


def invite(*, project: Project, role: str, by: User) -> tuple[Invitation, str]:
    """The invitation and the secret of its link, which is never shown again."""
    secret = new_token("inv")
    with transaction.atomic():
        invitation = Invitation.objects.create(
            project=project,
            role=role,
            created_by=by,
            digest=digest(secret),
            expires_at=timezone.now() + LIFETIME,
        )
        record(Verb.INVITED, by=by, project=project, about=invitation, role=role)
    return invitation, secret


def find_invitation(secret: str) -> Invitation | None:
    """The open invitation behind a link, or None."""
    return (
        Invitation.objects.open()
        .select_related("project", "created_by")
        .filter(digest=digest(secret), project__deleted_at__isnull=True)
        .first()
    )


def accept_invitation(*, secret: str, user: User) -> Project:
    """Join the project. Of two people with one link, the first wins; a member keeps the role they have."""
    with transaction.atomic():
        open_ones = Invitation.objects.open().filter(digest=digest(secret))
        # The project is looked at apart: with a join in this filter two people with one link would both win.
        won = find_invitation(secret) and open_ones.update(accepted_at=timezone.now(), accepted_by=user)
        if not won:
            raise Refused(_("This invitation was used, withdrawn or has expired. Ask for a new link."))
        invitation = Invitation.objects.select_related("project").get(digest=digest(secret))
        if not Membership.objects.filter(project=invitation.project, user=user).exists():
            add_member(project=invitation.project, user=user, role=invitation.role)
        return invitation.project


def join_as_new_person(
    *, secret: str, username: str, password: str, display_name: str
) -> tuple[User, Project]:
    """Create an account and join with it; without a usable invitation there is no account either.

    Raises Invalid with every problem of name and password, Refused when the link is spent.
    """
    with transaction.atomic():
        user = create_user(username=username, password=password, display_name=display_name)
        return user, accept_invitation(secret=secret, user=user)


def withdraw_invitation(*, invitation: Invitation) -> None:
    """Close a link that was not used yet."""
    with transaction.atomic():
        if Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
            record(Verb.INVITATION_WITHDRAWN, project=invitation.project, about=invitation)
