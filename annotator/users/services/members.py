from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Membership, Project, Role, User, Verb
from annotator.users.services.audit import record
from annotator.users.services.people import create_user


def add_member(*, project: Project, user: User, role: str) -> Membership:
    """Make `user` a member, or change the role of one who is."""
    with transaction.atomic():
        membership, created = Membership.objects.get_or_create(
            project=project, user=user, defaults={"role": role}
        )
        if created:
            record(Verb.MEMBER_ADDED, project=project, about=user, role=role)
        elif membership.role != role:
            _keep_a_manager(project, leaving=user)
            record(Verb.ROLE_CHANGED, project=project, about=user, role=role, before=membership.role)
            membership.role = role
            membership.save(update_fields=["role"])
        return membership


def add_member_by_name(
    *, project: Project, username: str, role: str, by: User, password: str = ""
) -> Membership:
    """Make the person of this name a member. A site administrator may create them by giving a password.

    Raises Invalid when there is no such person and none may be created.
    """
    with transaction.atomic():
        user = User.objects.filter(username=username).first()
        if user is None:
            user = _create_for(by, username, password)
        return add_member(project=project, user=user, role=role)


def remove_member(*, project: Project, user: User) -> None:
    """End a membership. What the person labelled stays."""
    with transaction.atomic():
        _keep_a_manager(project, leaving=user)
        if Membership.objects.filter(project=project, user=user).delete()[0]:
            record(Verb.MEMBER_REMOVED, project=project, about=user)
        Membership.objects.filter(project__training_for=project, user=user).delete()


def _create_for(by: User, username: str, password: str) -> User:
    if not by.is_superuser:
        raise Invalid(_("There is no such user. Send an invitation link, or ask a site administrator."))
    if not password:
        raise Invalid(_("There is no such user. Give a password to create them."))
    return create_user(username=username, password=password)


def _keep_a_manager(project: Project, *, leaving: User) -> None:
    """Locks the project's managers, so that two of them cannot leave at the same moment."""
    managers = project.memberships.select_for_update(no_key=True).filter(role=Role.MANAGER)
    ids = {membership.user_id for membership in managers}
    if ids == {leaving.pk}:
        raise Refused(_("A project keeps at least one manager. Make somebody else a manager first."))
