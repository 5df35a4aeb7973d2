"""What people say about an article."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.articles import get_article_for, get_thread_for
from articles.api.requests import read_body
from articles.api.thread_shapes import (
    NewCommentSerializer,
    NewThreadSerializer,
    ResolvedSerializer,
    ThreadSerializer,
    WordsSerializer,
)
from articles.queries.threads import thread_body, threads_of
from articles.services.threads import Anchor, begin_thread, change_comment, reply, resolve_thread


class ThreadList(APIView):
    @extend_schema(operation_id="threads_list", responses=ThreadSerializer(many=True))
    def get(self, request: Request, article_id: int) -> Response:
        """The article's threads that you may read, oldest first."""
        article, caller = get_article_for(request.user, article_id)
        return Response(threads_of(article, caller.user))

    @extend_schema(request=NewThreadSerializer, responses={201: ThreadSerializer})
    def post(self, request: Request, article_id: int) -> Response:
        """Begin a thread about the article, or about its words from `start` to `end`. `@name` mentions a
        member."""
        article, caller = get_article_for(request.user, article_id, Permission.ANNOTATE)
        body = read_body(NewThreadSerializer, request)
        thread = begin_thread(
            article=article,
            by=caller.user,
            thread=body["id"],
            comment=body["comment"],
            text=body["text"],
            place=_place(body),
        )
        return Response(thread_body(thread), status=201)


class ThreadDetail(APIView):
    @extend_schema(request=ResolvedSerializer, responses=ThreadSerializer)
    def patch(self, request: Request, article_id: int, thread_id: UUID) -> Response:
        """Resolve the thread, or open it again."""
        _, caller, thread = get_thread_for(request.user, article_id, thread_id, Permission.ANNOTATE)
        resolve_thread(thread=thread, by=caller.user, **read_body(ResolvedSerializer, request))
        return Response(thread_body(thread))


class CommentList(APIView):
    @extend_schema(request=NewCommentSerializer, responses={201: ThreadSerializer})
    def post(self, request: Request, article_id: int, thread_id: UUID) -> Response:
        """Reply. A resolved thread is open again. Answers the whole thread."""
        article, caller, thread = get_thread_for(request.user, article_id, thread_id, Permission.ANNOTATE)
        body = read_body(NewCommentSerializer, request)
        reply(thread=thread, article=article, by=caller.user, comment=body["id"], text=body["text"])
        return Response(thread_body(thread), status=201)


class CommentDetail(APIView):
    @extend_schema(request=WordsSerializer, responses=ThreadSerializer)
    def patch(self, request: Request, article_id: int, thread_id: UUID, comment_id: UUID) -> Response:
        """Put your own comment in other words. Answers the whole thread."""
        article, caller, thread = get_thread_for(request.user, article_id, thread_id, Permission.ANNOTATE)
        text = read_body(WordsSerializer, request)["text"]
        change_comment(thread=thread, article=article, by=caller.user, comment=comment_id, text=text)
        return Response(thread_body(thread))


def _place(body: dict[str, Any]) -> Anchor | None:
    return None if body["start"] is None else Anchor(body["start"], body["end"], body["span"])
