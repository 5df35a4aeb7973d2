from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.admin import LogAdmin
from articles.models import Release
from articles.queries.releases.listing import storage_used


@admin.register(Release)
class ReleaseAdmin(LogAdmin[Release]):
    list_display = ("release", "project", "title", "size", "created_by", "created_at", "published_at")
    list_filter = ("project",)
    list_select_related = ("project", "created_by", "file")
    search_fields = ("project__name", "project__slug", "title")
    ordering = ("-id",)
    list_before_template = "admin/storage_used.html"
    fields = (
        "page", "project", "number", "title", "notes", "query", "size", "checksum", "job", "created_by",
        "created_at", "published_at",
    )  # fmt: skip
    readonly_fields = ("page", "size", "checksum")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        return super().get_queryset(request).defer("manifest", "card")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """What is stored stands above the list: releases are what grows and never goes."""
        return super().changelist_view(request, {**(extra_context or {}), "storage": storage_used()})

    @admin.display(description=_("release"), ordering="number")
    def release(self, release: Release) -> str:
        return str(release)

    @admin.display(description=_("size"), ordering="file__size")
    def size(self, release: Release) -> str:
        return filesizeformat(release.file.size) if release.file else "-"

    @admin.display(description=_("SHA-256"))
    def checksum(self, release: Release) -> SafeString:
        return format_html('<code class="an-wrap">{}</code>', release.file.sha256 if release.file else "-")

    @admin.display(description=_("page"))
    def page(self, release: Release) -> SafeString:
        url = reverse("articles:release", args=[release.project.slug, release.number])
        return format_html('<a class="an-link" href="{}">{}</a>', url, gettext("Release page"))
