from __future__ import annotations

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.articles import get_article_for
from articles.access.caller import get_project_for
from articles.api.requests import read_body
from articles.api.serializers import (
    AfterSerializer,
    FlagSerializer,
    NextSerializer,
    SeenSerializer,
    SkipSerializer,
    StatusSerializer,
    SubmittedSerializer,
    TimeSerializer,
)
from articles.api.thread_shapes import CommentSerializer
from articles.queries.assignments.reviews import next_for_review
from articles.queries.suggestions.plants import accepted_plants
from articles.services.assignments.claiming import (
    claim_next,
    flag_article,
    reopen_own,
    skip_article,
    submit_article,
)
from articles.services.assignments.sittings import record_time
from articles.services.gold.approving import approve, send_back


class NextArticle(APIView):
    @extend_schema(request=AfterSerializer, responses={200: NextSerializer, 204: None})
    def post(self, request: Request, slug: str) -> Response:
        """Claim your next article: first one that a manager gave you, then one that you have begun, then the
        first of the queue that has room, and last one that you flagged. 204 when there is none.

        With `after`, the article that you have open, the answer is the one that follows it.
        """
        project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
        article = claim_next(project=project, user=caller.user, **read_body(AfterSerializer, request))
        if article is None:
            return Response(status=204, headers={"X-Reason": "Every article has its annotators."})
        url = reverse("articles:editor", args=[slug, article.pk])
        return Response({"id": article.pk, "url": url})


class NextReview(APIView):
    @extend_schema(request=AfterSerializer, responses={200: NextSerializer, 204: None})
    def post(self, request: Request, slug: str) -> Response:
        """The article that has waited longest for a reviewer, other than `after`. 204 when there is none."""
        project, _ = get_project_for(request.user, slug, Permission.REVIEW)
        article = next_for_review(project, **read_body(AfterSerializer, request))
        if article is None:
            return Response(status=204, headers={"X-Reason": "No article waits for review."})
        return Response({"id": article.pk, "url": reverse("articles:review", args=[slug, article.pk])})


class Submit(APIView):
    @extend_schema(request=None, responses=SubmittedSerializer)
    def post(self, request: Request, article_id: int) -> Response:
        """Hand in your layer. 409 says what is missing.

        `planted` are wrong suggestions, made on purpose, that you had accepted. They are removed.
        """
        article, caller = get_article_for(request.user, article_id, Permission.ANNOTATE)
        status = submit_article(article=article, by=caller.user)
        return Response({"status": status, "planted": accepted_plants(article, caller.user)})


class Flag(APIView):
    @extend_schema(request=FlagSerializer, responses={204: None})
    def post(self, request: Request, article_id: int) -> Response:
        """You are not sure and come back later: the article is the last in your queue until you remove the
        flag or hand it in."""
        article, caller = get_article_for(request.user, article_id, Permission.ANNOTATE)
        flag_article(article=article, user=caller.user, **read_body(FlagSerializer, request))
        return Response(status=204)


class Skip(APIView):
    @extend_schema(request=SkipSerializer, responses={204: None})
    def post(self, request: Request, article_id: int) -> Response:
        """Leave the article to somebody else, and say why. Your layer stays."""
        article, caller = get_article_for(request.user, article_id, Permission.ANNOTATE)
        skip_article(article=article, user=caller.user, **read_body(SkipSerializer, request))
        return Response(status=204)


class Time(APIView):
    @extend_schema(request=TimeSerializer, responses={204: None})
    def post(self, request: Request, article_id: int) -> Response:
        """Active seconds of one sitting so far. The greatest report counts."""
        article, caller = get_article_for(request.user, article_id, Permission.ANNOTATE)
        record_time(article=article, user=caller.user, **read_body(TimeSerializer, request))
        return Response(status=204)


class Reopen(APIView):
    @extend_schema(request=CommentSerializer, responses=StatusSerializer)
    def post(self, request: Request, article_id: int) -> Response:
        """Annotators take back what they handed in; reviewers send the article back with a comment."""
        article, caller = get_article_for(request.user, article_id, Permission.ANNOTATE)
        comment = read_body(CommentSerializer, request)["comment"]
        if caller.may(Permission.REVIEW):
            return Response({"status": send_back(article=article, by=caller.user, comment=comment)})
        return Response({"status": reopen_own(article=article, by=caller.user)})


class Approve(APIView):
    @extend_schema(request=SeenSerializer, responses=StatusSerializer)
    def post(self, request: Request, article_id: int) -> Response:
        """Declare the gold layer final. 409 if it has changed since the `version` that you saw."""
        article, caller = get_article_for(request.user, article_id, Permission.REVIEW)
        seen = read_body(SeenSerializer, request)
        return Response({"status": approve(article=article, by=caller.user, **seen)})
