"""Engines held against gold."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.engines import get_engine_for, get_evaluation_for
from articles.api.evaluation_shapes import (
    EvaluationRowSerializer,
    EvaluationSerializer,
    NewEvaluationSerializer,
)
from articles.api.requests import read_body
from articles.api.serializers import JobSerializer
from articles.queries.evaluations.page import recent_evaluations
from articles.queries.projects.figures import project_engines
from articles.services.evaluations import start_evaluation
from articles.tasks.evaluations import enqueue_evaluation


class EvaluationList(APIView):
    @extend_schema(operation_id="evaluations_list", responses=EvaluationRowSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The latest measurements of the project's engines, newest first, at most 40."""
        project, _ = get_project_for(request.user, slug, Permission.VIEW_ALL_LAYERS)
        return Response(EvaluationRowSerializer(recent_evaluations(project), many=True).data)

    @extend_schema(request=NewEvaluationSerializer, responses={202: JobSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Hold engines against gold. The answer is the job to watch."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        names = read_body(NewEvaluationSerializer, request)["engines"]
        if names:
            engines = [get_engine_for(caller, name) for name in dict.fromkeys(names)]
        else:
            engines = [engine for engine in project_engines(project) if engine.enabled]
        job = start_evaluation(project=project, engines=engines, by=caller.user, enqueue=enqueue_evaluation)
        return Response(JobSerializer(job).data, status=202)


class EvaluationDetail(APIView):
    @extend_schema(responses=EvaluationSerializer)
    def get(self, request: Request, evaluation_id: int) -> Response:
        """All figures of one measurement: scores with intervals by label, confusions, calibration, and the
        counts of each article."""
        evaluation, _ = get_evaluation_for(request.user, evaluation_id)
        return Response(EvaluationSerializer(evaluation).data)
