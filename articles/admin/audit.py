from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from annotator.lib.admin import LogAdmin
from annotator.users.models import AuditEntry
from articles.queries.projects.audit import as_csv


@admin.register(AuditEntry)
class AuditEntryAdmin(LogAdmin[AuditEntry]):
    """Who did what, everywhere."""

    list_display = ("at", "who", "verb", "text", "data_in_words", "project_name", "address")
    list_filter = (
        "at",
        "verb",
        ("project", admin.RelatedOnlyFieldListFilter),
        ("by", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("by", "project")
    search_fields = ("text", "by__username", "by__display_name", "project_name", "address")
    ordering = ("-id",)
    fields = (
        "at", "by", "verb", "text", "project", "project_name", "object_kind", "object_id", "data", "address",
    )  # fmt: skip
    actions = ("download",)

    @admin.display(description=_("who"), ordering="by__username")
    def who(self, entry: AuditEntry) -> str:
        return entry.by.username if entry.by else "-"

    @admin.display(description=_("details"))
    def data_in_words(self, entry: AuditEntry) -> str:
        return entry.details

    @admin.action(description=_("Download as CSV"), permissions=["view"])
    def download(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> StreamingHttpResponse:
        rows = queryset.order_by("-pk").select_related("by").iterator(2_000)
        response = StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
        return response
