from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.users.models import Membership, Project, Role, User, Verb
from annotator.users.services.audit import record


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


def remove_member(*, project: Project, user: User) -> None:
    """End a membership. What the person labelled stays."""
    with transaction.atomic():
        _keep_a_manager(project, leaving=user)
        if Membership.objects.filter(project=project, user=user).delete()[0]:
            record(Verb.MEMBER_REMOVED, project=project, about=user)
        Membership.objects.filter(project__training_for=project, user=user).delete()


def _keep_a_manager(project: Project, *, leaving: User) -> None:
    """Locks the project's managers, so that two of them cannot leave at the same moment."""
    managers = project.memberships.select_for_update(no_key=True).filter(role=Role.MANAGER)
    ids = {membership.user_id for membership in managers}
    if ids == {leaving.pk}:
        raise Refused(_("A project keeps at least one manager. Make somebody else a manager first."))
