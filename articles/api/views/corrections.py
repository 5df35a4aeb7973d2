"""Corrected texts: their versions, and the places that people have to look at."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Refused
from annotator.users.permissions import Permission
from articles.access.articles import get_article_for, get_text_for
from articles.access.caller import get_project_for
from articles.access.setup import get_correction_todo_of
from articles.api.correction_shapes import (
    AnswerSerializer,
    CorrectionSerializer,
    CorrectionTodoSerializer,
    LayerPlanSerializer,
    TextVersionSerializer,
)
from articles.api.pages import page_answer, paged
from articles.api.requests import read_body
from articles.queries.corrections.todos import todos_for
from articles.queries.corrections.versions import versions_of
from articles.queries.pages import Ordering
from articles.services.corrections.correcting import correct_text, plan_correction, undo_correction
from articles.services.corrections.todos import settle_correction_todo
from articles.tasks.runs import enqueue_run


class VersionList(APIView):
    @extend_schema(operation_id="text_versions_list", responses=TextVersionSerializer(many=True))
    def get(self, request: Request, article_id: int) -> Response:
        """All texts that the article has had, newest first. Each of them can still be read at
        `articles/{id}/`."""
        article, _ = get_text_for(request.user, article_id)
        return Response(TextVersionSerializer(versions_of(article), many=True).data)

    @extend_schema(
        request=CorrectionSerializer,
        parameters=[OpenApiParameter("preview", bool, description="Count only, change nothing.")],
        responses={200: LayerPlanSerializer(many=True), 201: TextVersionSerializer},
    )
    def post(self, request: Request, article_id: int) -> Response:
        """Correct the text: a new article with the corrected text replaces this one. It has a new id and the
        same external id. With `preview` nothing is changed, and the answer says what would become of each
        layer."""
        article, caller = get_article_for(request.user, article_id, Permission.MANAGE)
        body = read_body(CorrectionSerializer, request)
        if "preview" in request.query_params:
            plans = plan_correction(article=article, text=body["text"])
            return Response(LayerPlanSerializer(plans, many=True).data)
        made = correct_text(article=article, by=caller.user, enqueue_run=enqueue_run, **body)
        newest = next(one for one in versions_of(article) if one.article.pk == made.article_id)
        return Response(TextVersionSerializer(newest).data, status=201)


class VersionUndo(APIView):
    @extend_schema(request=None, responses=TextVersionSerializer)
    def post(self, request: Request, article_id: int) -> Response:
        """Undo the newest correction, as long as nobody has worked on the corrected text. Returns the text
        that counts now."""
        article, caller = get_article_for(request.user, article_id, Permission.MANAGE)
        made = next((one.correction for one in versions_of(article) if one.is_current), None)
        if made is None:
            raise Refused("This text was never corrected.")
        old = undo_correction(correction=made, by=caller.user)
        return Response(TextVersionSerializer(next(v for v in versions_of(old) if v.is_current)).data)


class CorrectionTodos(APIView):
    @extend_schema(
        operation_id="correction_todos_list",
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("page_size", int)],
        responses=paged("CorrectionTodoPage", CorrectionTodoSerializer),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The places in corrected texts that you have to look at: in your own layers, and for reviewers in
        gold."""
        project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
        rows = todos_for(project, caller.user, reviews=caller.may(Permission.REVIEW))
        rows = rows.select_related("layer__user", "layer__engine")
        return page_answer(request, rows, Ordering("id"), CorrectionTodoSerializer)


class CorrectionTodoDetail(APIView):
    @extend_schema(request=AnswerSerializer, responses={204: None})
    def post(self, request: Request, slug: str, place_id: int) -> Response:
        """Answer one of them."""
        _, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
        todo = get_correction_todo_of(caller, place_id)
        answer = read_body(AnswerSerializer, request)["answer"]
        settle_correction_todo(todo=todo, value=answer, by=caller.user)
        return Response(status=204)
