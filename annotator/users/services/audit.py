"""The log of who did what. It is written in the transaction of what it tells, so that neither is without the
other."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from annotator.lib.requests import present_request
from annotator.users.models import AuditEntry, Project, User, Verb

LONGEST = 300


def record(
    verb: Verb,
    *,
    by: User | None = None,
    project: Project | None = None,
    about: Model | None = None,
    text: str = "",
    **data: Any,
) -> None:
    """Write down what was just done to `about`. Without `by` it was done by whom the present request is from,
    and outside of requests by nobody. `data` is kept as JSON."""
    request = present_request()
    AuditEntry.objects.create(
        verb=verb,
        by=by or _person(request),
        project=project,
        project_name=project.name if project else "",
        object_kind=about._meta.label_lower if about else "",
        object_id=str(about.pk) if about else "",
        text=(text or str(about or ""))[:LONGEST],
        data=data,
        address=_address(request),
    )


def _person(request: HttpRequest | None) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) and user.pk else None


def _address(request: HttpRequest | None) -> str | None:
    """As the server sees it; none for a local socket."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", ""))) if request else None
    except ValueError:
        return None
