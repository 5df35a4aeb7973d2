"""Jobs, imports and releases."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from annotator.users.models import User
from annotator.users.permissions import Permission
from articles.access.caller import Caller, admitted, known_user, one_of, role_in
from articles.models import (
    Import,
    Job,
    Release,
)
from articles.models.jobs import ABOUT_READINGS


def get_job_for(user: User | AnonymousUser, job_id: int) -> tuple[Job, Caller]:
    """A job. One that shows people's readings is only for who started it and for those who see all layers."""
    known = known_user(user)
    rows = Job.objects.filter(pk=job_id).select_related("project", "created_by")
    job = one_of(rows.annotate(caller_role=role_in(known, "project_id")))
    caller = admitted(known, job.project, job, Permission.VIEW_PROJECT)
    tells_too_much = job.kind in ABOUT_READINGS and not caller.may(Permission.VIEW_ALL_LAYERS)
    if tells_too_much and job.created_by != known:
        raise Http404
    return job, caller


def get_import_for(user: User | AnonymousUser, import_id: int) -> tuple[Import, Caller]:
    """An upload, for managers of its project only."""
    known = known_user(user)
    rows = Import.objects.filter(pk=import_id).select_related("project", "job", "file")
    upload = one_of(rows.annotate(caller_role=role_in(known, "project_id")))
    return upload, admitted(known, upload.project, upload, Permission.MANAGE)


def get_release_for(user: User | AnonymousUser, release_id: int) -> tuple[Release, Caller]:
    """A release, for those who may export."""
    known = known_user(user)
    rows = Release.objects.filter(pk=release_id).select_related(*_OF_RELEASE)
    release = one_of(rows.annotate(caller_role=role_in(known, "project_id")))
    return release, admitted(known, release.project, release, Permission.EXPORT)


def get_release_of(caller: Caller, number: int) -> Release:
    """A release of the caller's project, who may export."""
    caller.require(Permission.EXPORT)
    rows = Release.objects.filter(project=caller.project, number=number)
    return one_of(rows.select_related(*_OF_RELEASE))


_OF_RELEASE = ("project", "job", "file", "created_by")
