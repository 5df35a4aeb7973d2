from __future__ import annotations

from typing import Any

from django.db import transaction
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User
from annotator.users.permissions import Permission
from articles.access.articles import get_article_for, get_text_for
from articles.access.caller import get_project_for
from articles.access.layers import get_reading_for
from articles.api.pages import page_answer, paged
from articles.api.requests import read_body, require_known, require_valid
from articles.api.serializers import (
    MAX_ARTICLES_A_REQUEST,
    ArticleRowSerializer,
    ArticleSerializer,
    NewArticleSerializer,
)
from articles.formats.base import ParsedArticle
from articles.forms.filters import read_filter
from articles.models import Article
from articles.queries.articles import find_articles, ordered, rows_of, without_text
from articles.queries.editor.reading import opened_article, opened_reading
from articles.services.articles import archive_article, change_metadata
from articles.services.imports.importing import add_articles
from articles.tasks.runs import enqueue_run

FILTERS = [
    OpenApiParameter(
        "q", description="Words, the last may be incomplete; or text in double quotes, anywhere."
    ),
    OpenApiParameter("status"),
    OpenApiParameter("label", description="A label that the gold or a suggestion has."),
    OpenApiParameter("language"),
    OpenApiParameter("published_after", description="YYYY-MM-DD"),
    OpenApiParameter("published_before", description="YYYY-MM-DD"),
    OpenApiParameter("mine", bool, description="Only articles assigned to you."),
    OpenApiParameter(
        "comments",
        enum=["open", "mentions"],
        description="With unresolved threads that you may read, or that mention you.",
    ),
    OpenApiParameter(
        "twins",
        enum=["without", "only"],
        description="Without, or only, articles that nearly repeat another.",
    ),
    OpenApiParameter("ordering", enum=["id", "-id", "published_on", "-published_on"]),
]
PAGING = [OpenApiParameter("cursor"), OpenApiParameter("page_size", int)]


class ArticleList(APIView):
    @extend_schema(
        operation_id="articles_list",
        parameters=[*FILTERS, *PAGING],
        responses=paged("ArticlePage", ArticleRowSerializer),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Articles of a project, by cursor."""
        project, caller = get_project_for(request.user, slug)
        require_known(request, [*FILTERS, *PAGING])
        form = read_filter(request.query_params)
        rows = ordered(find_articles(project, form.wanted, user=caller.user), form.chosen_ordering)
        return page_answer(request, without_text(rows), form.chosen_ordering, ArticleRowSerializer)

    @extend_schema(request=NewArticleSerializer(many=True), responses={201: ArticleRowSerializer(many=True)})
    def post(self, request: Request, slug: str) -> Response:
        """Add one article (an object) or up to 1,000 (a list): all of them, or none with the reasons."""
        project, caller = get_project_for(request.user, slug, Permission.MANAGE)
        many = isinstance(request.data, list)
        if many and len(request.data) > MAX_ARTICLES_A_REQUEST:
            raise Invalid(f"Send at most {MAX_ARTICLES_A_REQUEST} articles at once.")
        serializer = NewArticleSerializer(data=request.data, many=many)
        require_valid(serializer)
        bodies = serializer.validated_data if many else [serializer.validated_data]
        rows = _add(project, caller.user, bodies)
        shown = ArticleRowSerializer(rows, many=True).data
        return Response(shown if many else shown[0], status=201)


class ArticleDetail(APIView):
    @extend_schema(responses=ArticleSerializer)
    def get(self, request: Request, article_id: int) -> Response:
        """Text and metadata. Earlier texts of an article can be read, too: `current` is the article with the
        text that counts now."""
        article, _ = get_text_for(request.user, article_id)
        return Response(ArticleSerializer(article).data)

    @extend_schema(request=ArticleSerializer(partial=True), responses=ArticleSerializer)
    def patch(self, request: Request, article_id: int) -> Response:
        """Change metadata. The text never changes."""
        article, _ = get_article_for(request.user, article_id, Permission.MANAGE)
        if isinstance(request.data, dict) and "text" in request.data:
            raise Refused(
                "The text of an article never changes: spans point into it. A corrected text is a version of "
                "its own: send it to articles/{id}/versions/."
            )
        changes = read_body(ArticleSerializer, request, instance=article)
        return Response(ArticleSerializer(change_metadata(article=article, changes=changes)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, article_id: int) -> Response:
        """Take the article out of lists, queues and exports. What people made is kept."""
        article, _ = get_article_for(request.user, article_id, Permission.MANAGE)
        archive_article(article=article)
        return Response(status=204)


class ArticleEditor(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("review", bool),
            OpenApiParameter("reading", description="The user name of whose layer is read."),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, article_id: int) -> Response:
        """Everything that the editor in the browser needs to open an article. This answer may change at any
        time: other programs read `articles/{id}/` and its layers."""
        review = request.query_params.get("review", "") in ("1", "true")
        needed = Permission.REVIEW if review else Permission.VIEW_PROJECT
        article, caller = get_article_for(request.user, article_id, needed)
        if username := request.query_params.get("reading", ""):
            layer, author = get_reading_for(caller, article, username)
            return Response(opened_reading(caller, article, layer, author))
        return Response(opened_article(caller, article, review=review))


def _add(project: Project, by: User, bodies: list[dict[str, Any]]) -> list[Article]:
    parsed = [
        ParsedArticle(file="request", line=number, **body) for number, body in enumerate(bodies, start=1)
    ]
    with transaction.atomic():
        ids = add_articles(project=project, articles=parsed, by=by, enqueue_run=enqueue_run)
    return rows_of(ids)
