"""Shapes of what people say about articles."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.models.articles import MAX_TEXT_LENGTH
from articles.models.threads import MAX_COMMENT_LENGTH


class CommentSerializer(serializers.Serializer[Any]):
    comment = serializers.CharField(max_length=5000, required=False, default="", allow_blank=True)


class PersonSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField()


class CommentShownSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    by = PersonSerializer()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    mentions = serializers.ListField(child=serializers.CharField(), help_text="Usernames.")


class ResolutionSerializer(serializers.Serializer[Any]):
    by = PersonSerializer()
    at = serializers.DateTimeField()


class ThreadSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    start = serializers.IntegerField(allow_null=True, help_text="Null: about the article as a whole.")
    end = serializers.IntegerField(allow_null=True)
    span = serializers.UUIDField(allow_null=True, help_text="The span it was begun at, which may be gone.")
    resolved = ResolutionSerializer(allow_null=True)
    comments = CommentShownSerializer(many=True)


class WordsSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=MAX_COMMENT_LENGTH)


class NewCommentSerializer(WordsSerializer):
    id = serializers.UUIDField(help_text="Made by the client; sending it twice adds one comment.")


class NewThreadSerializer(WordsSerializer):
    id = serializers.UUIDField(help_text="Of the thread. Made by the client; sending it twice begins one.")
    comment = serializers.UUIDField(help_text="Of its first comment, made by the client.")
    start = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=0)
    end = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=1)
    span = serializers.UUIDField(required=False, default=None, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        start, end = attrs["start"], attrs["end"]
        if (start is None) != (end is None):
            raise serializers.ValidationError("Send both start and end, or neither.")
        if start is None and attrs["span"] is not None:
            raise serializers.ValidationError("A thread at a span needs its start and end.")
        if start is not None and not start < end <= MAX_TEXT_LENGTH:
            raise serializers.ValidationError("The end comes after the start, inside the text.")
        return attrs


class ResolvedSerializer(serializers.Serializer[Any]):
    resolved = serializers.BooleanField()
