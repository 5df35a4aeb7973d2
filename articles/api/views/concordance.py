"""The concordance, and changing many places at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Invalid
from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.layers import get_bulk_edit_for, get_bulk_target_for
from articles.api.concordance_shapes import (
    BulkEditSerializer,
    BulkPlanSerializer,
    BulkRequestSerializer,
    ConcordanceQuerySerializer,
    ConcordanceSerializer,
    line_body,
    plan_body,
)
from articles.api.pages import page_size
from articles.api.requests import read_body
from articles.domain.bulk_edits import REMOVE, Wish
from articles.domain.concordance import in_order
from articles.forms.concordance import read_concordance
from articles.models import BulkEdit
from articles.queries.bulk_edits import bulk_edits_of, counted
from articles.queries.bulk_plans import BulkRequest, Place, plan_bulk_edit
from articles.queries.concordance.page import rows_of
from articles.queries.concordance.search import Search, find_lines
from articles.services.bulk_edits import start_bulk_edit, undo_bulk_edit
from articles.tasks.bulk_edits import enqueue_bulk_edit

LATEST = 100


class Concordance(APIView):
    @extend_schema(parameters=[ConcordanceQuerySerializer], responses=ConcordanceSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Every place where words or a label stand, in their context."""
        project, caller = get_project_for(request.user, slug)
        form = read_concordance(request.query_params, caller)
        found = find_lines(project, form.search, user=caller.user)
        size = page_size(request)
        first = (form.page_number - 1) * size
        shown = in_order(found.lines, form.sorting)[first : first + size]
        body = {"places": len(found.lines), "articles": found.articles, "remarks": found.remarks}
        rows = rows_of(project, shown, form.search.layer)
        return Response({**body, "results": [line_body(row) for row in rows]})


class BulkEditList(APIView):
    @extend_schema(operation_id="bulk_edits_list", responses=BulkEditSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The newest hundred bulk edits: your own, or everybody's if you may see all layers."""
        project, caller = get_project_for(request.user, slug)
        only_by = None if caller.may(Permission.VIEW_ALL_LAYERS) else caller.user
        return Response(BulkEditSerializer(bulk_edits_of(project, only_by=only_by)[:LATEST], many=True).data)

    @extend_schema(
        request=BulkRequestSerializer,
        responses={200: BulkPlanSerializer, 201: BulkEditSerializer, 202: BulkEditSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Add, change or remove a label at many places at once. 201 when it is done, 202 when a job is doing
        it."""
        project, caller = get_project_for(request.user, slug)
        asked = read_body(BulkRequestSerializer, request)
        search = read_concordance(asked["search"], caller).search
        target = get_bulk_target_for(caller, search.layer, reopens=asked["reopens"])
        wish, bulk = _wish(asked, search, caller), asked.get("id") or uuid4()
        places, remarks = _places(asked, search, caller)
        if asked["dry_run"]:
            plan = plan_bulk_edit(project, target, wish, places, bulk=bulk)
            return Response(plan_body(plan, remarks))
        wanted = BulkRequest(bulk, target, wish, places, asked["search"], remarks)
        return _answer(start_bulk_edit(project=project, request=wanted, enqueue=enqueue_bulk_edit))


class BulkEditDetail(APIView):
    @extend_schema(operation_id="bulk_edit", responses=BulkEditSerializer)
    def get(self, request: Request, bulk_id: UUID) -> Response:
        """What became of it."""
        bulk, _ = get_bulk_edit_for(request.user, bulk_id)
        return Response(_body(bulk))


class BulkEditUndo(APIView):
    @extend_schema(request=None, responses={201: BulkEditSerializer, 202: BulkEditSerializer})
    def post(self, request: Request, bulk_id: UUID) -> Response:
        """Undo it. Places that were changed since stay as they are: they are counted as `kept`."""
        bulk, caller = get_bulk_edit_for(request.user, bulk_id, to_change=True)
        return _answer(undo_bulk_edit(bulk=bulk, by=caller.user, enqueue=enqueue_bulk_edit))


def _answer(bulk: BulkEdit) -> Response:
    return Response(_body(bulk), status=201 if bulk.job.is_finished else 202)


def _body(bulk: BulkEdit) -> dict[str, Any]:
    return dict(BulkEditSerializer(counted(bulk)).data)


def _wish(asked: dict[str, Any], search: Search, caller: Caller) -> Wish:
    labels = published_definition(caller.project.pk).active_names
    label = "" if asked["action"] == REMOVE else asked["label"]
    if asked["action"] != REMOVE and label not in labels:
        raise Invalid(f"There is no label {label!r:.80} in this project's schema.")
    return Wish(asked["action"], label, search.labelled if search.labelled in labels else "")


def _places(asked: dict[str, Any], search: Search, caller: Caller) -> tuple[list[Place], list[str]]:
    """And why they may not be all."""
    if "places" in asked:
        return [Place(one["article"], one["start"], one["end"]) for one in asked["places"]], []
    if not search.asks_for_something:
        raise Invalid("Send places, or a search that finds some.")
    found = find_lines(caller.project, search, user=caller.user)
    return [Place(*line.place) for line in found.lines], found.remarks
