from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Invalid, NotPermitted
from annotator.lib.numbers import whole_number
from annotator.users.permissions import Permission
from articles.access.articles import get_text_for
from articles.access.layers import get_layer_for
from articles.api.serializers import (
    EditsSerializer,
    LayerRowSerializer,
    LayerSerializer,
    OutcomeSerializer,
    PastEditSerializer,
)
from articles.domain.layers.edits import NotAnEdit, parse_edits
from articles.models import Article, Layer
from articles.queries.corrections.versions import text_that_counts
from articles.queries.gold.adjudication import gold_with_decisions
from articles.queries.layers.bodies import empty_layer, visible_layers, whole_layer
from articles.queries.layers.history import edits_of, layer_at
from articles.services.corrections.late_edits import edit_layer


class LayerList(APIView):
    @extend_schema(operation_id="layers_list", responses=LayerRowSerializer(many=True))
    def get(self, request: Request, article_id: int) -> Response:
        """The layers that you may see: your own, those of engines, and gold once it is approved; for
        reviewers all."""
        article, caller = get_text_for(request.user, article_id)
        return Response(visible_layers(caller, article))


class LayerDetail(APIView):
    @extend_schema(parameters=[OpenApiParameter("since", int)], responses={200: LayerSerializer, 204: None})
    def get(self, request: Request, article_id: int, author: str) -> Response:
        """One whole layer. `author` is `me`, `gold`, `user:NAME` or `engine:NAME`. With `since` (a version):
        204 when the layer is not newer than that."""
        article, caller = get_text_for(request.user, article_id)
        layer = get_layer_for(caller, article, author)
        current = text_that_counts(article.pk) if article.archived_at else article.pk
        since = whole_number(request.query_params.get("since", "")) if current == article.pk else None
        if since is not None and (layer.version if layer else 0) <= since:
            return Response(status=204)
        moved = {"current": current} if current != article.pk else {}
        if layer is None:
            return Response({**empty_layer(caller.user), **moved})
        is_settled_by_caller = author == "gold" and caller.may(Permission.REVIEW) and not moved
        read = gold_with_decisions if is_settled_by_caller else whole_layer
        return Response({**read(layer, article.project_id), **moved})


class History(APIView):
    @extend_schema(
        operation_id="layer_history",
        parameters=[OpenApiParameter("before", int)],
        responses=PastEditSerializer(many=True),
    )
    def get(self, request: Request, article_id: int, author: str) -> Response:
        """Who changed what, newest first, 200 changes at a time. To read on, send the last version as
        `before`."""
        _, layer = _layer_to_read(request, article_id, author)
        asked = request.query_params.get("before", "")
        before = whole_number(asked)
        if asked and before is None:
            raise Invalid("before is the number of a version.")
        return Response(edits_of(layer, before))


class LayerThen(APIView):
    @extend_schema(operation_id="layer_then", responses=LayerSerializer)
    def get(self, request: Request, article_id: int, author: str, version: int) -> Response:
        """The whole layer as it was at a version: the sum of the edits up to it."""
        article, layer = _layer_to_read(request, article_id, author)
        if version > layer.version:
            raise Http404
        return Response(layer_at(layer, article, version))


def _layer_to_read(request: Request, article_id: int, author: str) -> tuple[Article, Layer]:
    article, caller = get_text_for(request.user, article_id)
    layer = get_layer_for(caller, article, author)
    if layer is None:
        raise Http404
    return article, layer


class Edits(APIView):
    @extend_schema(request=EditsSerializer, responses=OutcomeSerializer)
    def post(self, request: Request, article_id: int, author: str) -> Response:
        """Apply edits in order, each only once. The answer says for each edit whether it was applied.

        If the text was corrected meanwhile, the edits are made on the same words of the corrected text, and
        the answer names its article as `current`. Edits whose words have no certain place there are refused.
        """
        permission = {"me": Permission.ANNOTATE, "gold": Permission.REVIEW}.get(
            author, Permission.VIEW_PROJECT
        )
        article, caller = get_text_for(request.user, article_id, permission)
        if author not in ("me", "gold"):
            get_layer_for(caller, article, author)
            raise NotPermitted("Only your own layer and gold can be edited: use me or gold.")
        try:
            edits = parse_edits(request.data)
        except NotAnEdit as error:
            raise Invalid(str(error)) from error
        outcome = edit_layer(article=article, by=caller.user, edits=edits, gold=author == "gold")
        moved = {"current": outcome.current} if outcome.current else {}
        results = [one.to_json() for one in outcome.results]
        return Response({"version": outcome.version, "results": results, **moved})
