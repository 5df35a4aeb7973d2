"""Exercises, and how people did at them."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.answers import attempts_for, get_attempt_for
from articles.access.caller import get_project_for
from articles.api.answer_shapes import (
    AttemptResultSerializer,
    AttemptSerializer,
    ExerciseSerializer,
    answers_body,
)
from articles.api.pages import page_answer, paged
from articles.queries.known_gold.attempts import attempt_result
from articles.queries.known_gold.exercises import exercises_of
from articles.queries.pages import Ordering


class ExerciseList(APIView):
    @extend_schema(operation_id="exercises_list", responses=ExerciseSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What there is to practise and to be tested on."""
        project, _ = get_project_for(request.user, slug, Permission.ANNOTATE)
        return Response(ExerciseSerializer(exercises_of(project), many=True).data)


class AttemptList(APIView):
    @extend_schema(
        operation_id="attempts_list",
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("page_size", int)],
        responses=paged("AttemptPage", AttemptSerializer),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Your attempts at exercises, newest first; for managers those of everybody."""
        _project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
        newest = Ordering("pk", descending=True)
        return page_answer(request, attempts_for(caller), newest, AttemptSerializer)


class AttemptDetail(APIView):
    @extend_schema(operation_id="attempt", responses=AttemptResultSerializer)
    def get(self, request: Request, slug: str, attempt_id: int) -> Response:
        """One attempt. Once it is handed in, with every place where it differs from gold as it is now."""
        _project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
        attempt = get_attempt_for(caller, attempt_id)
        answers = answers_body(attempt_result(attempt)) if attempt.graded_at else None
        return Response({**AttemptSerializer(attempt).data, "answers": answers})
