from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.models import Verb
from annotator.users.permissions import Permission
from annotator.users.services.audit import record
from articles.access.caller import get_project_for
from articles.api.export_parameters import export_parameters
from articles.api.requests import require_known
from articles.formats.base import LossReport
from articles.formats.common.packaging import Package
from articles.forms.exports import NESTED, read_export
from articles.queries.exports.packages import are_few, open_package
from articles.queries.layers.choice import knows_layer

_OF_FORMER_RELEASES = (OpenApiParameter(NESTED),)


class Export(APIView):
    @extend_schema(
        parameters=export_parameters(),
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Stream the dataset.

        What the format cannot hold is left out and counted. The counts are at the address in the header
        `Link` (the same with `report=1`), in `report.json` of a zip, and for few articles also in the header
        `X-Annotator-Report`.
        """
        project, caller = get_project_for(request.user, slug, Permission.EXPORT)
        require_known(request, [*export_parameters(), *_OF_FORMER_RELEASES])
        query = read_export(request.query_params)
        if not knows_layer(project, query.layer):
            raise Http404
        if request.query_params.get("report"):
            whole = open_package(project, replace(query, split=None), user=caller.user)
            return Response(whole.survey().told())
        package = open_package(project, query, user=caller.user)
        record(
            Verb.EXPORTED,
            by=caller.user,
            project=project,
            text=package.file_name,
            asked=urlencode(query.params()),
        )
        can_wait = not package.is_zip and are_few(project, query, user=caller.user)
        return _download(request, package, package.foretold() if can_wait else None)


def _download(request: Request, package: Package, report: LossReport | None) -> HttpResponseBase:
    pieces = _first_piece_now(package.pieces())
    response = StreamingHttpResponse(pieces, content_type=package.content_type)
    response["Content-Disposition"] = content_disposition_header(True, package.file_name) or "attachment"
    response["X-Accel-Buffering"] = "no"
    address = request.build_absolute_uri()
    response["Link"] = f'<{address}{"&" if "?" in address else "?"}report=1>; rel="describedby"'
    if report:
        response["X-Annotator-Report"] = report.sentence()
    return response


def _first_piece_now(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Makes the first piece before the headers go out, so that an early failure is an answer."""
    first = next(pieces, b"")

    def rest() -> Iterator[bytes]:
        yield first
        yield from pieces

    return rest()
