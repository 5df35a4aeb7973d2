"""Changes of the labels that are in use."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Invalid
from annotator.users.models import Project
from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.setup import get_schema_change_of
from articles.api.requests import read_body
from articles.api.schema_shapes import PreviewSerializer, SchemaChangeSerializer, SchemaPlanSerializer
from articles.domain.schema_changes.plan import PlanError, parse_plan
from articles.queries.schema_changes.changes import changes_made, page_of_plan
from articles.services.schema_changes.changing import start_change, undo_change
from articles.tasks.schema_changes import enqueue_schema_change


class SchemaChangeList(APIView):
    @extend_schema(operation_id="schema_changes_list", responses=SchemaChangeSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What was changed, the newest first."""
        project, _ = get_project_for(request.user, slug, Permission.MANAGE)
        rows = [row.change for row in changes_made(project)]
        return Response(SchemaChangeSerializer(rows, many=True).data)

    @extend_schema(
        request=SchemaPlanSerializer,
        parameters=[OpenApiParameter("preview", bool, description="Count only, change nothing.")],
        responses={200: PreviewSerializer, 202: SchemaChangeSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Change labels that are in use. A new version of the schema is published at once, and all layers are
        carried over to it in the background. With `preview` nothing is changed, and the answer says what
        would be."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        plan = read_body(SchemaPlanSerializer, request)
        if "preview" in request.query_params:
            return Response(PreviewSerializer(_preview(project, plan)).data)
        change = start_change(project=project, by=caller.user, data=plan, enqueue=enqueue_schema_change)
        return Response(SchemaChangeSerializer(change).data, status=202)


class SchemaChangeDetail(APIView):
    @extend_schema(responses=SchemaChangeSerializer)
    def get(self, request: Request, slug: str, change_id: int) -> Response:
        """One change, with its job to watch."""
        _, caller = get_project_for(request.user, slug, Permission.MANAGE)
        return Response(SchemaChangeSerializer(get_schema_change_of(caller, change_id)).data)


class SchemaChangeUndo(APIView):
    @extend_schema(request=None, responses={202: SchemaChangeSerializer})
    def post(self, request: Request, slug: str, change_id: int) -> Response:
        """Undo the newest change. Every span is as it was before, unless somebody has changed it since."""
        _, caller = get_project_for(request.user, slug, Permission.MANAGE)
        change = get_schema_change_of(caller, change_id)
        undo = undo_change(change=change, by=caller.user, enqueue=enqueue_schema_change)
        return Response(SchemaChangeSerializer(undo).data, status=202)


def _preview(project: Project, data: dict[str, Any]) -> dict[str, Any]:
    try:
        page = page_of_plan(project, parse_plan(data))
    except PlanError as error:
        raise Invalid("This is no plan.", error.problems) from error
    steps = [{"step": words, **asdict(counts)} for words, counts in page.steps]
    return {"steps": steps, "remarks": page.remarks, "problems": page.problems}
