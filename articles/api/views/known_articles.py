"""How well people annotate articles whose gold is known, and which these are."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.answers import (
    get_known_article_for,
    get_known_reading_for,
    known_readings_for,
    sees_scores_of_others,
)
from articles.access.caller import get_project_for
from articles.api.answer_shapes import (
    AddedSerializer,
    KnownArticleSerializer,
    KnownReadingSerializer,
    KnownResultSerializer,
    KnownScoreSerializer,
    NewKnownSerializer,
    answers_body,
    known_body,
    score_body,
)
from articles.api.pages import page_answer, paged
from articles.api.requests import read_body
from articles.queries.known_gold.attempts import reading_result
from articles.queries.known_gold.figures import known_rows, known_scores, own_score
from articles.queries.pages import Ordering
from articles.services.known_gold.known_articles import (
    add_known_articles,
    draw_known_articles,
    remove_known_article,
)


class KnownScores(APIView):
    @extend_schema(operation_id="known_scores_list", responses=KnownScoreSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """F1 on known articles. Reviewers and managers see everybody, others themselves: what they handed in
        before today."""
        project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
        if sees_scores_of_others(caller):
            return Response([score_body(one) for one in known_scores(project)])
        return Response([score_body(own_score(project, caller.user))])


class KnownReadingList(APIView):
    @extend_schema(
        operation_id="known_readings_list",
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("page_size", int)],
        responses=paged("KnownReadingPage", KnownReadingSerializer),
    )
    def get(self, request: Request, slug: str) -> Response:
        """What was handed in, the newest first; whose, as for the scores."""
        _project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
        newest = Ordering("pk", descending=True)
        return page_answer(request, known_readings_for(caller), newest, KnownReadingSerializer)


class KnownReadingDetail(APIView):
    @extend_schema(operation_id="known_reading", responses=KnownResultSerializer)
    def get(self, request: Request, slug: str, reading_id: int) -> Response:
        """One of them, with every place where it is not as gold is now."""
        _project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
        reading = get_known_reading_for(caller, reading_id)
        shown = dict(KnownReadingSerializer(reading).data)
        return Response({**shown, "answers": answers_body(reading_result(reading))})


class KnownSet(APIView):
    @extend_schema(operation_id="known_articles_list", responses=KnownArticleSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The test set, hardest first. For managers."""
        project, _ = get_project_for(request.user, slug, Permission.MANAGE)
        return Response([known_body(one) for one in known_rows(project)])

    @extend_schema(request=NewKnownSerializer, responses={201: AddedSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Put articles into the test set: the named ones, or some that are drawn at random. Left out are
        articles without approved gold, and those that annotators know from exercises, reprints or the
        guidelines."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        body = read_body(NewKnownSerializer, request)
        if "draw" in body:
            added = draw_known_articles(project=project, count=body["draw"], by=caller.user)
        else:
            added = add_known_articles(project=project, articles=body["articles"], by=caller.user)
        return Response({"added": added}, status=201)


class KnownSetDetail(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, known_id: int) -> Response:
        """Take an article out of the test set. Nobody gets it as a test again; what people did there is
        kept."""
        _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        remove_known_article(known=get_known_article_for(caller, known_id))
        return Response(status=204)
