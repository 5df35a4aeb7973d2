"""Likely errors in finished work."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.engines import get_doubt_for
from articles.api.doubt_shapes import DoubtQuerySerializer, DoubtSerializer, SettledSerializer
from articles.api.pages import page_answer, paged
from articles.api.requests import read_body
from articles.api.serializers import JobSerializer
from articles.queries.doubts.page import MOST_LIKELY_FIRST, DoubtFilter, open_doubts
from articles.services.doubts.searching import start_doubts
from articles.services.doubts.settling import settle_doubt
from articles.tasks.doubts import enqueue_doubts


class DoubtList(APIView):
    @extend_schema(
        operation_id="doubts_list",
        parameters=[DoubtQuerySerializer],
        responses=paged("DoubtPage", DoubtSerializer),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Those that wait for a reviewer, the likeliest first."""
        project, _ = get_project_for(request.user, slug, Permission.REVIEW)
        wanted = DoubtQuerySerializer(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        listed = open_doubts(project, DoubtFilter(**wanted.validated_data))
        return page_answer(request, listed, MOST_LIKELY_FIRST, DoubtSerializer)

    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Look for errors now. The answer is the job to watch."""
        project, caller = get_project_for(request.user, slug, Permission.REVIEW)
        job = start_doubts(project=project, by=caller.user, enqueue=enqueue_doubts)
        return Response(JobSerializer(job).data, status=202)


class DoubtDetail(APIView):
    @extend_schema(request=SettledSerializer, responses=DoubtSerializer)
    def post(self, request: Request, doubt_id: int) -> Response:
        """Fix a likely error, dismiss it, or undo that. Fixing changes the gold layer and approves it again;
        409 when the article has changed since."""
        doubt, caller = get_doubt_for(request.user, doubt_id)
        settle_doubt(doubt=doubt, action=read_body(SettledSerializer, request)["action"], by=caller.user)
        doubt.refresh_from_db()
        return Response(DoubtSerializer(doubt).data)
