"""What suggestions do to people."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.api.guard_shapes import GuardSerializer, guard_body
from articles.queries.suggestions.guard import people_and_suggestions


class Guard(APIView):
    @extend_schema(operation_id="guard_list", responses=GuardSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """How often each annotator accepts wrong suggestions, and their F1 with and without suggestions.
        Managers see everybody, others themselves."""
        project, caller = get_project_for(request.user, slug)
        only = None if caller.may(Permission.MANAGE) else caller.user
        return Response([guard_body(one) for one in people_and_suggestions(project, only)])
