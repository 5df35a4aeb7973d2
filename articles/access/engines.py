"""Engines, what was measured of them, and what they doubt."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from annotator.users.models import User
from annotator.users.permissions import Permission
from articles.access.caller import Caller, admitted, known_user, one_of, role_in
from articles.models import (
    Doubt,
    EngineVersion,
    Evaluation,
    ProjectEngine,
)


def get_engine_for(caller: Caller, name: str) -> ProjectEngine:
    return one_of(ProjectEngine.objects.filter(project=caller.project, name=name).select_related("project"))


def get_version_for(engine: ProjectEngine, number: int) -> EngineVersion:
    """A version of what the engine has learned."""
    return one_of(
        EngineVersion.objects.filter(engine=engine, number=number).select_related("engine__project")
    )


def get_evaluation_for(
    user: User | AnonymousUser, evaluation_id: int, *, project: str = ""
) -> tuple[Evaluation, Caller]:
    """An evaluation, for those who see all layers: it shows gold. `project` narrows to that slug."""
    known = known_user(user)
    rows = Evaluation.objects.filter(pk=evaluation_id).select_related("engine__project", "learned")
    if project:
        rows = rows.filter(engine__project__slug=project)
    evaluation = one_of(rows.annotate(caller_role=role_in(known, "engine__project_id")))
    return evaluation, admitted(known, evaluation.engine.project, evaluation, Permission.VIEW_ALL_LAYERS)


def get_evaluation_of(caller: Caller, evaluation_id: int) -> Evaluation:
    """An evaluation of the caller's project."""
    caller.require(Permission.VIEW_ALL_LAYERS)
    rows = Evaluation.objects.filter(engine__project=caller.project, pk=evaluation_id)
    return one_of(rows.select_related("engine", "learned"))


def get_doubt_for(user: User | AnonymousUser, doubt_id: int, *, project: str = "") -> tuple[Doubt, Caller]:
    """A likely error, for those who decide what is gold. `project` narrows to that slug."""
    known = known_user(user)
    rows = Doubt.objects.filter(pk=doubt_id).select_related("project", "article")
    if project:
        rows = rows.filter(project__slug=project)
    doubt = one_of(rows.annotate(caller_role=role_in(known, "project_id")))
    return doubt, admitted(known, doubt.project, doubt, Permission.REVIEW)
