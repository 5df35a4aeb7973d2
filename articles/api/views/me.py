from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.users.models import User
from annotator.users.queries import roles_of, usable_tokens
from annotator.users.services.preferences import set_preferences
from annotator.users.services.tokens import create_token, revoke_token
from articles.api.requests import caller_of, read_body
from articles.api.serializers import PreferencesSerializer, TokenSerializer

_ME = inline_serializer(
    "Me",
    {
        "username": serializers.CharField(),
        "name": serializers.CharField(),
        "is_site_administrator": serializers.BooleanField(),
        "projects": serializers.DictField(child=serializers.CharField(), help_text="Role by project."),
        "preferences": serializers.DictField(help_text="What the editor remembers for you: keys, habits."),
    },
)
_NEW_TOKEN = inline_serializer("NewToken", {"token": serializers.CharField(help_text="Shown only now.")})


def _me(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "name": user.name,
        "is_site_administrator": user.is_superuser,
        "projects": roles_of(user),
        "preferences": user.preferences,
    }


class Me(APIView):
    @extend_schema(responses=_ME)
    def get(self, request: Request) -> Response:
        """Who you are, and your role in each project."""
        return Response(_me(caller_of(request)))

    @extend_schema(request=PreferencesSerializer, responses=_ME)
    def patch(self, request: Request) -> Response:
        """Change your preferences. Those that you send are set, null removes one, and the others stay."""
        user = caller_of(request)
        body = read_body(PreferencesSerializer, request)
        user.preferences = set_preferences(user=user, changes=body["preferences"])
        return Response(_me(user))


class TokenList(APIView):
    @extend_schema(operation_id="tokens_list", responses=TokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Your tokens. The secrets are not kept and cannot be shown again."""
        return Response(TokenSerializer(usable_tokens(caller_of(request)), many=True).data)

    @extend_schema(request=TokenSerializer, responses={201: _NEW_TOKEN})
    def post(self, request: Request) -> Response:
        """Make a token. Its secret is in this answer only."""
        body = read_body(TokenSerializer, request)
        token, secret = create_token(user=caller_of(request), **body)
        return Response({**TokenSerializer(token).data, "token": secret}, status=201)


class TokenDetail(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, token_id: int) -> Response:
        """Revoke a token."""
        if not revoke_token(user=caller_of(request), token_id=token_id):
            raise Http404
        return Response(status=204)
