from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Invalid
from annotator.users.permissions import Permission
from articles.access import get_project_for
from articles.api.views.articles import FILTERS
from articles.formats import writer_for
from articles.formats.base import Problem, Writer
from articles.forms.filters import read_filter
from articles.queries.articles import find_articles
from articles.queries.exports import LayerChoice, export_articles, knows_layer, stored_articles


class Export(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("format", description="jsonl (default), conll or spacy"),
            OpenApiParameter("layer", description="gold (default), user:NAME or engine:NAME"),
            OpenApiParameter(
                "report", bool, description="Only the report of what would be left out, as JSON"
            ),
            OpenApiParameter("nested", description="conll: outermost (default) or innermost span wins"),
            *FILTERS,
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Stream the dataset. What a format cannot carry is counted: in the header `X-Annotator-Report`, by
        `report=1`, or in a file beside the others of a zip."""
        project, caller = get_project_for(request.user, slug, Permission.EXPORT)
        layer = LayerChoice.parse(request.query_params.get("layer", "gold"))
        if layer is None:
            raise Invalid("layer is gold, user:NAME or engine:NAME.")
        if not knows_layer(project, layer):
            raise Http404
        writer = _writer(request)
        wanted = read_filter(request.query_params).wanted
        articles = find_articles(project, wanted, user=caller.user)
        report = writer.survey(export_articles(articles, layer, with_text=False))
        if request.query_params.get("report"):
            return Response(vars(report or writer.report))
        rows = stored_articles(articles, layer)
        name = f"{project.slug}-{layer.kind}{writer.extension}"
        response = StreamingHttpResponse(
            _first_piece_now(writer.write_stored(rows)), content_type=writer.content_type
        )
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        response["X-Accel-Buffering"] = "no"
        if report:
            response["X-Annotator-Report"] = report.sentence()
        return response


def _writer(request: Request) -> Writer:
    options = {"overlap": request.query_params["nested"]} if "nested" in request.query_params else {}
    writer = writer_for(request.query_params.get("format", "jsonl"), None, options)
    if isinstance(writer, Problem):
        raise Invalid(writer.reason)
    return writer


def _first_piece_now(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Makes the first piece before the headers go out, so that an early failure is an answer."""
    first = next(pieces, b"")

    def rest() -> Iterator[bytes]:
        yield first
        yield from pieces

    return rest()
