"""The caller, who is a person with a role in one project, and how they get a row or a 404."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import Http404

from annotator.lib.errors import NotPermitted
from annotator.users.models import Membership, Project, Role, User
from annotator.users.permissions import Denied, Permission, Verdict, check_role, role_seen

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Caller:
    """A user with their role in one project."""

    user: User
    project: Project
    role: str

    def may(self, permission: Permission) -> bool:
        return bool(check_role(self.role, permission, self.project))

    def why_not(self, permission: Permission) -> str:
        verdict = check_role(self.role, permission, self.project)
        return verdict.reason if isinstance(verdict, Denied) else ""

    def require(self, permission: Permission) -> None:
        verdict: Verdict = check_role(self.role, permission, self.project)
        if isinstance(verdict, Denied):
            raise NotPermitted(verdict.reason)


def get_project_for(
    user: User | AnonymousUser, slug: str, permission: Permission = Permission.VIEW_PROJECT
) -> tuple[Project, Caller]:
    """The project and the caller's role in it."""
    known = known_user(user)
    project = one_of(Project.objects.real().filter(slug=slug).annotate(caller_role=role_in(known, "pk")))
    return project, admitted(known, project, project, permission)


def is_open_to(user: User | AnonymousUser, slug: str) -> bool:
    """Whether `get_project_for` would find the project for them."""
    return isinstance(user, User) and Project.objects.visible_to(user).filter(slug=slug).exists()


def known_user(user: User | AnonymousUser) -> User:
    """The signed-in user. Raises Http404 for somebody who has not signed in."""
    if not isinstance(user, User):
        raise Http404
    return user


def role_in(user: User, project_field: str) -> Subquery:
    """The user's role in the project that `project_field` names, as part of a query."""
    mine = Membership.objects.filter(user=user, project=OuterRef(project_field))
    return Subquery(mine.values("role")[:1])


def one_of(rows: QuerySet[M]) -> M:
    """The first of the rows, or a 404."""
    found = rows.first()
    if found is None:
        raise Http404
    return found


def admitted(user: User, project: Project, row: Model, permission: Permission) -> Caller:
    """The caller with the role that `row` was annotated with. Raises Http404 or NotPermitted."""
    role = Role.MANAGER if user.is_superuser else getattr(row, "caller_role", None)
    if role is None or not user.is_active or (project.training_for or project).is_deleted:
        raise Http404
    caller = Caller(user, project, role_seen(user, project.pk, role))
    caller.require(permission)
    return caller
