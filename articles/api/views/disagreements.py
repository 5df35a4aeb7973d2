"""What annotators disagree on, and how it is settled."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.articles import get_article_for
from articles.api.disagreement_shapes import DecisionsSerializer, DisagreementsSerializer
from articles.api.requests import read_body
from articles.api.serializers import OutcomeSerializer
from articles.queries.gold.adjudication import disagreements_body
from articles.services.adjudication import settle


class Disagreements(APIView):
    @extend_schema(operation_id="disagreements", responses=DisagreementsSerializer)
    def get(self, request: Request, article_id: int) -> Response:
        """Where the layers that were handed in differ: each item with what its readers say (they are called
        by letters), and the decisions that were made."""
        article, caller = get_article_for(request.user, article_id, Permission.REVIEW)
        return Response(disagreements_body(article, named=caller.project.readers_shown))


class Decisions(APIView):
    @extend_schema(request=DecisionsSerializer, responses=OutcomeSerializer)
    def post(self, request: Request, article_id: int) -> Response:
        """Settle disagreements. Gold then says what the chosen reader says, and the decision is kept. Either
        all are settled or none; sending the same again changes nothing."""
        article, caller = get_article_for(request.user, article_id, Permission.REVIEW)
        decisions = read_body(DecisionsSerializer, request)["decisions"]
        outcome = settle(article=article, by=caller.user, decisions=decisions)
        return Response({"version": outcome.version, "results": [one.to_json() for one in outcome.results]})
