"""Looking at a project as a lower role sees it: support without becoming somebody else.

It is kept in the session."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from annotator.users.models import Project, Role, SeenAs, User, Verb
from annotator.users.services.audit import record

KEY = "seen_as"
LOWER = (Role.REVIEWER, Role.ANNOTATOR, Role.VIEWER)


def begin_seeing_as(*, session: MutableMapping[str, Any], project: Project, role: str, by: User) -> None:
    """From now on the person's pages of the project are as the role sees them. Raises Invalid."""
    if role not in LOWER:
        raise Invalid(_("Choose reviewer, annotator or viewer."))
    session[KEY] = {"project_id": project.pk, "slug": project.slug, "name": project.name, "role": role}
    record(Verb.SEEN_AS, by=by, project=project, about=project, role=role)


def stop_seeing_as(*, session: MutableMapping[str, Any]) -> SeenAs | None:
    """What was looked at, if something was."""
    kept = session.pop(KEY, None)
    return SeenAs(**kept) if kept else None


def seen_in(session: MutableMapping[str, Any]) -> SeenAs | None:
    kept = session.get(KEY)
    return SeenAs(**kept) if kept else None
