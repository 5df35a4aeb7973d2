"""Giving articles to people."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.access.team import get_holder_for, get_member_for
from articles.api.assignment_shapes import (
    HandoutPlanSerializer,
    HandoutSerializer,
    WithdrawalSerializer,
    WithdrawnSerializer,
    WorkloadSerializer,
)
from articles.api.requests import read_body
from articles.forms.filters import read_filter
from articles.queries.articles import find_articles
from articles.queries.assignments.handouts import articles_to_give, plan_handout, shares_of
from articles.queries.assignments.workloads import people_at_work
from articles.services.assignments.handouts import give_articles, pass_on
from articles.services.assignments.leases import withdraw_articles


class Assignments(APIView):
    @extend_schema(operation_id="assignments_list", responses=WorkloadSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """How many articles everybody has in hand, which are overdue, and which are due soon. For
        managers."""
        project, _ = get_project_for(request.user, slug, Permission.MANAGE)
        return Response(WorkloadSerializer(people_at_work(project), many=True).data)

    @extend_schema(
        operation_id="assignments_give", request=HandoutSerializer, responses=HandoutPlanSerializer
    )
    def post(self, request: Request, slug: str) -> Response:
        """Give articles to people, evenly or by weight: the named articles, or those that a filter finds.
        With `preview` nothing is given, and the answer says who would get how many."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        body = read_body(HandoutSerializer, request)
        rows = find_articles(project, read_filter(body["filter"]).wanted, user=caller.user)
        ids = articles_to_give(rows, numbers=body["articles"])
        each = body["each"] or project.annotators_per_article
        plan = plan_handout(project, ids, body["people"], each)
        if not body["preview"]:
            _, plan = give_articles(
                project=project,
                articles=ids,
                weights=body["people"],
                each=each,
                due_on=body["due_on"],
                by=caller.user,
            )
        shares = {share.user.username: share.gets for share in shares_of(project, plan)}
        told = {"people": shares, "articles": plan.articles, "full": plan.full, "left": plan.left}
        return Response(HandoutPlanSerializer(told).data)


class Withdrawals(APIView):
    @extend_schema(request=WithdrawalSerializer, responses=WithdrawnSerializer)
    def post(self, request: Request, slug: str) -> Response:
        """Take unfinished articles from somebody, or give them to somebody else. Their work is kept."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        body = read_body(WithdrawalSerializer, request)
        holder, articles = get_holder_for(caller, body["username"]), body["articles"]
        if body["to"]:
            to = get_member_for(caller, body["to"])
            taken, given = pass_on(project=project, user=holder, articles=articles, to=to, by=caller.user)
        else:
            given = 0
            taken = len(withdraw_articles(project=project, user=holder, articles=articles, by=caller.user))
        return Response({"withdrawn": taken, "given": given})
