"""Who may do what, in one place. A rule answers `Allowed` or `Denied(reason)`, so that a page can say why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotator.users.models import Membership, Project, Role, User


class Permission(StrEnum):
    VIEW_PROJECT = "view_project"
    ANNOTATE = "annotate"
    VIEW_ALL_LAYERS = "view_all_layers"
    REVIEW = "review"
    EXPORT = "export"
    MANAGE = "manage"


@dataclass(frozen=True)
class Allowed:
    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """`reason` is a sentence for the person who was refused."""

    reason: str

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Denied

_OF_ROLE: dict[str, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.VIEW_PROJECT, Permission.VIEW_ALL_LAYERS, Permission.EXPORT}),
    Role.ANNOTATOR: frozenset({Permission.VIEW_PROJECT, Permission.ANNOTATE}),
    Role.REVIEWER: frozenset(Permission) - {Permission.MANAGE},
    Role.MANAGER: frozenset(Permission),
}


_CHANGES = frozenset({Permission.ANNOTATE, Permission.REVIEW})

_REFUSALS = {
    Permission.VIEW_PROJECT: gettext_lazy("You are not a member of this project."),
    Permission.ANNOTATE: gettext_lazy(
        "Your role may read but not annotate. Ask a manager to make you an annotator."
    ),
    Permission.VIEW_ALL_LAYERS: gettext_lazy(
        "Annotators see their own work only, so that they judge for themselves."
    ),
    Permission.REVIEW: gettext_lazy("Only reviewers and managers decide what is gold."),
    Permission.EXPORT: gettext_lazy("Annotators cannot export, so that nobody copies another's answers."),
    Permission.MANAGE: gettext_lazy("Only managers of this project may do this."),
}


def role_of(user: User, project: Project) -> str | None:
    """The user's role in the project; site administrators are managers everywhere; None for strangers."""
    if not user.is_active:
        return None
    if user.is_superuser:
        return role_seen(user, project.pk, Role.MANAGER)
    mine = Membership.objects.filter(user=user, project=project).values_list("role", flat=True).first()
    return role_seen(user, project.pk, mine) if mine else None


def role_seen(user: User, project_id: int, role: str) -> str:
    """The role that counts when the person may be looking at the project as a lower one. Only a manager's is
    lowered: a manager may everything, so that no other role is more."""
    seen = user.seen_as
    return seen.role if seen and seen.project_id == project_id and role == Role.MANAGER else role


def roles_with(permission: Permission) -> tuple[str, ...]:
    """The roles that have it, for queries."""
    return tuple(role for role, permissions in _OF_ROLE.items() if permission in permissions)


def check(user: User, permission: Permission, project: Project) -> Verdict:
    """Whether `user` may do this in `project`."""
    return check_role(role_of(user, project), permission, project)


def check_role(role: str | None, permission: Permission, project: Project) -> Verdict:
    """The same for a role that is known already, without a query."""
    if role is None:
        return Denied(str(_REFUSALS[Permission.VIEW_PROJECT]))
    if permission not in _OF_ROLE[role]:
        return Denied(str(_REFUSALS[permission]))
    if project.is_archived and permission in _CHANGES:
        return Denied(_("This project is archived. A manager can bring it back."))
    return Allowed()
