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
