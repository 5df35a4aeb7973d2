"""Releases: made in the background, then read and downloaded as often as needed."""

from __future__ import annotations

import mimetypes
from functools import partial
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Refused
from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.jobs import get_release_for
from articles.api.downloads import Download, answer_with
from articles.api.pages import page_answer, paged
from articles.api.release_shapes import NewReleaseSerializer, ReleaseRowSerializer, ReleaseSerializer
from articles.api.requests import read_body
from articles.api.views.articles import PAGING
from articles.forms.releases import as_parameter, read_release_export
from articles.models import Release, StoredFile
from articles.queries.files import stored_bytes
from articles.queries.pages import Ordering
from articles.queries.releases.changes import changes_with_articles
from articles.queries.releases.listing import packed_file, releases_of, unpacked_bytes
from articles.queries.releases.query import ReleaseQuery
from articles.services.releases.releasing import start_release
from articles.tasks.releases import enqueue_release

SHOWN_ARTICLES = 100
_NEWEST_FIRST = Ordering("id", descending=True)


class ReleaseList(APIView):
    @extend_schema(
        operation_id="releases_list",
        parameters=PAGING,
        responses=paged("ReleasePage", ReleaseRowSerializer),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The project's releases, newest first."""
        project, _ = get_project_for(request.user, slug, Permission.EXPORT)
        return page_answer(request, releases_of(project), _NEWEST_FIRST, ReleaseRowSerializer)

    @extend_schema(request=NewReleaseSerializer, responses={202: ReleaseSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Make a release. The answer has its number and the job that makes it. Once the job has ended, the
        release never changes."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        body = read_body(NewReleaseSerializer, request)
        release = start_release(
            project=project,
            by=caller.user,
            query=_query(body),
            title=body["title"],
            notes=body["notes"],
            enqueue=enqueue_release,
        )
        return Response(_shown(release), status=202)


class ReleaseDetail(APIView):
    @extend_schema(responses=ReleaseSerializer)
    def get(self, request: Request, release_id: int) -> Response:
        """A release with its manifest, and what changed since the one before: counts, labels, schema, and the
        first 100 articles of each kind."""
        release, _ = get_release_for(request.user, release_id)
        return Response(_shown(release))


class ReleaseDownload(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("file", description="A file inside, as the manifest names it, by itself."),
            OpenApiParameter("Range", location="header", description="bytes=START-END; one range."),
            OpenApiParameter("If-Range", location="header", description="The ETag the range belongs to."),
        ],
        responses={
            (200, "application/zip"): OpenApiTypes.BINARY,
            (206, "application/zip"): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request, release_id: int) -> HttpResponseBase:
        """The zip, or one file of it. Takes ranges, so a download that broke off can be resumed; the ETag is
        the SHA-256."""
        release, _ = get_release_for(request.user, release_id)
        if release.file is None:
            raise Refused(_not_yet(release))
        name = request.query_params.get("file")
        return answer_with(request, _whole(release.file) if name is None else _one_file(release, name))


def _query(body: dict[str, Any]) -> ReleaseQuery:
    export = read_release_export(
        options=body["options"],
        filters=body["filters"],
        format=body["format"],
        layer=body["layer"],
        split=as_parameter(body["split"] or {}),
        seed=body["seed"],
        group=",".join(sorted(body["group"])),
        **{name: "1" for name in ("comments", "history") if body[name]},
    )
    return ReleaseQuery(export, body["keep_parts"], body["authors"], body["licence"])


def _shown(release: Release) -> dict[str, Any]:
    release.counts = release.manifest.get("counts")  # type: ignore[attr-defined]
    release.changes = changes_with_articles(release, shown=SHOWN_ARTICLES)  # type: ignore[attr-defined]
    return dict(ReleaseSerializer(release).data)


def _not_yet(release: Release) -> str:
    if release.job.is_finished:
        return f"{release} was not finished: {release.job.error or release.job.get_state_display()}."
    return f"{release} is still being made. Watch its job, and come back when it has ended."


def _whole(file: StoredFile) -> Download:
    return Download(file.name, file.size, file.sha256, "application/zip", partial(stored_bytes, file))


def _one_file(release: Release, name: str) -> Download:
    found = packed_file(release, name)
    if found is None or release.file is None:
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    read = partial(unpacked_bytes, release.file, name)
    return Download(name.rpartition("/")[2], found.size, found.sha256, kind, read)
