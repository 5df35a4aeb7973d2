from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import NotPermitted
from annotator.schemas.queries import published_version
from annotator.schemas.services.publishing import publish
from annotator.users.models import Membership, Project
from annotator.users.permissions import Permission
from annotator.users.queries import members_of
from annotator.users.services.members import add_member_by_name
from articles.access.caller import get_project_for
from articles.api.progress_shapes import ProgressSerializer, progress_body
from articles.api.requests import caller_of, read_body
from articles.api.serializers import MemberSerializer, NewProjectSerializer, ProjectSerializer
from articles.forms.filters import require_valid
from articles.forms.progress import ProgressForm
from articles.queries.progress.page import Progress, began_on
from articles.queries.projects.figures import project_progress
from articles.services.projects.managing import change_project, create_project
from articles.tasks.rooms import enqueue_rooms


class ProjectList(APIView):
    @extend_schema(operation_id="projects_list", responses=ProjectSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The projects that you may see."""
        rows = Project.objects.visible_to(caller_of(request)).distinct()
        return Response(ProjectSerializer(rows, many=True).data)

    @extend_schema(request=NewProjectSerializer, responses={201: ProjectSerializer})
    def post(self, request: Request) -> Response:
        """Create a project from a ready template or a schema of your own. Site administrators only."""
        user = caller_of(request)
        if not user.is_superuser:
            raise NotPermitted("Only site administrators create projects. Ask one.")
        project = create_project(by=user, **read_body(NewProjectSerializer, request))
        return Response(ProjectSerializer(project).data, status=201)


class ProjectDetail(APIView):
    @extend_schema(responses=ProjectSerializer)
    def get(self, request: Request, slug: str) -> Response:
        project, _ = get_project_for(request.user, slug)
        return Response(ProjectSerializer(project).data)

    @extend_schema(request=ProjectSerializer(partial=True), responses=ProjectSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        """Change name, description, guidelines or the rules of work."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        changes = read_body(ProjectSerializer, request, instance=project)
        change_project(project=project, changes=changes, by=caller.user, enqueue_rooms=enqueue_rooms)
        return Response(ProjectSerializer(project).data)


class ProjectSchema(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, slug: str) -> Response:
        """The published label schema with its version number."""
        project, _ = get_project_for(request.user, slug)
        return Response(_schema_body(project))

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def put(self, request: Request, slug: str) -> Response:
        """Publish a new version. Labels that it leaves out are kept as retired."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        publish(project=project, data=request.data, by=caller.user)
        return Response(_schema_body(project))


class MemberList(APIView):
    @extend_schema(operation_id="members_list", responses=MemberSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        project, _ = get_project_for(request.user, slug)
        return Response([_member_body(row) for row in members_of(project)])

    @extend_schema(request=MemberSerializer, responses={201: MemberSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Add a member or change their role. A site administrator may create the user with a password."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        body = read_body(MemberSerializer, request)
        membership = add_member_by_name(project=project, by=caller.user, **body)
        return Response(_member_body(membership), status=201)


class ProjectProgress(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("after", date, description="From that day on; without it twelve weeks."),
            OpenApiParameter("before", date, description="Until that day, included."),
        ],
        responses=ProgressSerializer,
    )
    def get(self, request: Request, slug: str) -> Response:
        """How many articles have which status and who has done how much, now and over time: by day, and for
        long periods by week. Not for annotators."""
        project, caller = get_project_for(request.user, slug, Permission.VIEW_ALL_LAYERS)
        form = require_valid(ProgressForm(request.query_params))
        over_time = Progress(caller, form.period(began_on(project), timezone.localdate()))
        return Response({**project_progress(project, caller.user), **progress_body(over_time)})


def _schema_body(project: Project) -> dict[str, Any]:
    version = published_version(project.pk)
    return {"version": version.number, "published_at": version.published_at, **version.data}


def _member_body(row: Membership) -> dict[str, str]:
    return {"username": row.user.username, "role": row.role, "name": row.user.name}
