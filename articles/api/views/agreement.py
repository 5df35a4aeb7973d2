"""How far the people of a project agree."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.api.agreement_shapes import AgreementSerializer
from articles.forms.agreement import AgreementForm
from articles.forms.filters import require_valid
from articles.queries.agreement.figures import agreement_of
from articles.queries.agreement.page import agreement_choices, by_username

_PARAMETERS = [
    OpenApiParameter("after", str, description="Handed in from that day on."),
    OpenApiParameter("before", str, description="Handed in until that day, included."),
    OpenApiParameter("annotator", str, description="Username: only pairs with that person."),
    OpenApiParameter("other", str, description="Username: and with that other one."),
    OpenApiParameter("label", str),
    OpenApiParameter("language", str, description="BCP 47 tag."),
]


class ProjectAgreement(APIView):
    @extend_schema(parameters=_PARAMETERS, responses=AgreementSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """F1, alpha and kappa between people who handed in the same articles, with bootstrapped intervals. A
        figure is null where it would rest on fewer than `fewest_articles` articles."""
        project, _ = get_project_for(request.user, slug, Permission.VIEW_ALL_LAYERS)
        form = require_valid(AgreementForm(request.query_params, **agreement_choices(project)))
        figures = agreement_of(project, form.wanted)
        return Response({**figures, "people": by_username(figures)})
