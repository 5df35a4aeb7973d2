from __future__ import annotations

from annotator.users.models import ApiToken, Invitation, Membership, Project, User


def members_of(project: Project) -> list[Membership]:
    """The project's members with their people, managers first."""
    rows = list(Membership.objects.filter(project=project).select_related("user").order_by("user__username"))
    order = ["manager", "reviewer", "annotator", "viewer"]
    return sorted(rows, key=lambda row: order.index(row.role))


def open_invitations(project: Project) -> list[Invitation]:
    """Links that can still be used, newest first."""
    rows = Invitation.objects.open().filter(project=project).select_related("created_by")
    return list(rows.order_by("-pk"))


def live_tokens(user: User) -> list[ApiToken]:
    """The user's API tokens that were not revoked, also those that have expired."""
    return list(ApiToken.objects.filter(user=user, revoked_at__isnull=True))


def usable_tokens(user: User) -> list[ApiToken]:
    """The user's API tokens that still let a program in."""
    return list(ApiToken.objects.valid().filter(user=user))


def roles_of(user: User) -> dict[str, str]:
    """The user's role in each of their projects, by the project's short name."""
    mine = Membership.objects.filter(user=user, project__deleted_at__isnull=True)
    return dict(mine.values_list("project__slug", "role"))
