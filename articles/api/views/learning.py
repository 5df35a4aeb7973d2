"""What engines have learned, and training by hand."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.engines import get_engine_for
from articles.api.engine_shapes import EngineVersionSerializer
from articles.api.serializers import JobSerializer
from articles.queries.engines.versions import versions_of
from articles.services.engines.training import start_training
from articles.tasks.training import enqueue_training


class EngineVersions(APIView):
    @extend_schema(operation_id="engine_versions_list", responses=EngineVersionSerializer(many=True))
    def get(self, request: Request, slug: str, name: str) -> Response:
        """The newest fifty versions of an engine that learns, with their figures on the held-out articles."""
        _, caller = get_project_for(request.user, slug)
        rows = versions_of(get_engine_for(caller, name))
        return Response(EngineVersionSerializer(rows, many=True).data)


class Train(APIView):
    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request: Request, slug: str, name: str) -> Response:
        """Train the engine on the project's gold. If a training is running already, the answer is that
        one."""
        _, caller = get_project_for(request.user, slug, Permission.MANAGE)
        engine = get_engine_for(caller, name)
        job = start_training(engine=engine, by=caller.user, enqueue=enqueue_training)
        return Response(JobSerializer(job).data, status=202)
