"""Records: who did what, and when. Read only."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotator.lib.admin import LogAdmin
from articles.models import Assignment, Edit, Import, Review


@admin.register(Edit)
class EditAdmin(LogAdmin[Edit]):
    list_display = ("created_at", "op", "author", "layer", "version", "reason")
    list_filter = ("op",)
    list_select_related = ("author", "layer")
    search_fields = ("=layer__article__id", "=author__username")
    search_help_text = _("The number of an article, or a user name.")
    ordering = ("-created_at",)
    fields = ("id", "layer", "author", "op", "data", "version", "reason", "created_at")


@admin.register(Review)
class ReviewAdmin(LogAdmin[Review]):
    list_display = ("created_at", "decision", "reviewer", "article", "comment")
    list_filter = ("decision", "article__project")
    search_fields = ("=article__id", "=reviewer__username", "comment")
    ordering = ("-id",)
    fields = ("article", "reviewer", "decision", "comment", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return _without_texts(super().get_queryset(request).select_related("reviewer"))


@admin.register(Assignment)
class AssignmentAdmin(LogAdmin[Assignment]):
    list_display = ("user", "article", "created_at", "submitted_at")
    list_filter = (("submitted_at", admin.EmptyFieldListFilter), "article__project")
    search_fields = ("=article__id", "=user__username")
    ordering = ("-id",)
    fields = ("article", "user", "created_at", "submitted_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        return _without_texts(super().get_queryset(request).select_related("user"))


@admin.register(Import)
class ImportAdmin(LogAdmin[Import]):
    list_display = ("file_name", "project", "format", "created_by", "created_at", "job")
    list_filter = ("format", "project")
    list_select_related = ("project", "created_by", "job")
    search_fields = ("file_name",)
    fields = (
        "project", "file_name", "format", "encoding", "layer", "twins", "only_valid", "preview", "job",
        "created_by", "created_at",
    )  # fmt: skip


def _without_texts(rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    """Rows with their article's title, and without the text that `str(article)` does not need."""
    return rows.select_related("article").defer("article__text", "article__metadata")
