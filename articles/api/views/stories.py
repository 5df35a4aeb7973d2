"""Stories: reprints and updates, how their texts are aligned, and gold carried over between them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.permissions import Permission
from articles.access.articles import get_article_for
from articles.access.caller import get_project_for
from articles.api.pages import page_size
from articles.api.story_shapes import (
    AlignmentSerializer,
    CarriedOverSerializer,
    StoryOfArticleSerializer,
    StoryPageSerializer,
)
from articles.domain.stories.carrying import Alignment, Carried
from articles.forms.stories import StoriesForm
from articles.queries.stories.carrying import carried_by
from articles.queries.stories.members import (
    LARGEST_FIRST,
    NEWEST_FIRST,
    count_in_story,
    members_of,
    stories_of,
)
from articles.services.carrying import carry_gold_over


class StoryList(APIView):
    @extend_schema(
        operation_id="stories_list",
        parameters=[
            OpenApiParameter("order", enum=[LARGEST_FIRST, NEWEST_FIRST]),
            OpenApiParameter("page", int, description="From 1."),
            OpenApiParameter("page_size", int),
        ],
        responses=StoryPageSerializer,
    )
    def get(self, request: Request, slug: str) -> Response:
        """Groups of articles that nearly repeat each other."""
        project, _ = get_project_for(request.user, slug)
        form = StoriesForm(request.query_params)
        found, more = stories_of(
            project, order=form.chosen_order, number=form.number, size=page_size(request)
        )
        body = {"results": found, "next": form.number + 1 if more else None}
        return Response(StoryPageSerializer(body).data)


class StoryOfArticle(APIView):
    @extend_schema(responses=StoryOfArticleSerializer)
    def get(self, request: Request, article_id: int) -> Response:
        """The story that the article belongs to, the earliest member first."""
        article, _ = get_article_for(request.user, article_id)
        body = {"total": count_in_story(article), "members": members_of(article)}
        return Response(StoryOfArticleSerializer(body).data)


class StoryAlignment(APIView):
    @extend_schema(operation_id="story_alignment", responses=AlignmentSerializer)
    def get(self, request: Request, article_id: int, other_id: int) -> Response:
        """Which stretches two articles have in common, and which parts of the first one's gold are in
        them."""
        first, caller = get_article_for(request.user, article_id)
        second, _ = get_article_for(request.user, other_id, project=caller.project.slug)
        alignment = Alignment(first.text, second.text)
        carried = carried_by(first, alignment) if caller.may(Permission.REVIEW) else None
        return Response(AlignmentSerializer(_summary(alignment, carried)).data)


class StoryCarry(APIView):
    @extend_schema(request=None, responses=CarriedOverSerializer)
    def post(self, request: Request, article_id: int) -> Response:
        """Suggest the article's gold in the unfinished articles of its story, on the same words."""
        article, caller = get_article_for(request.user, article_id, Permission.REVIEW)
        return Response(CarriedOverSerializer(carry_gold_over(article=article, by=caller.user)).data)


def _summary(alignment: Alignment, carried: Carried | None) -> dict[str, Any]:
    return {
        "words": len(alignment.first.bounds),
        "other_words": len(alignment.second.bounds),
        "same_words": sum(count for *_, count in alignment.runs),
        "stretches": alignment.stretches(),
        "gold": carried
        and {
            "spans": len(carried.suggestions),
            "doubtful": [one.id for one in carried.doubtful],
            "lost_relations": len(carried.lost),
        },
    }
