"""What goes out and what was given out. Read only: people change it on the project's own pages."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from annotator.lib.admin import LogAdmin
from articles.models import Delivery, Handout, Notification, Webhook


@admin.register(Webhook)
class WebhookAdmin(LogAdmin[Webhook]):
    list_display = ("url", "project", "events", "created_by", "created_at", "stopped_at", "removed_at")
    list_filter = ("project",)
    list_select_related = ("project", "created_by")
    search_fields = ("url", "project__name", "project__slug")
    exclude = ("secret",)


@admin.register(Delivery)
class DeliveryAdmin(LogAdmin[Delivery]):
    list_display = ("event", "webhook", "state", "attempts", "answer")
    list_filter = ("state", "event")
    list_select_related = ("webhook",)
    search_fields = ("webhook__url", "event")


@admin.register(Notification)
class NotificationAdmin(LogAdmin[Notification]):
    list_display = ("created_at", "kind", "user", "project", "by", "read_at", "mailed_at")
    list_filter = ("kind", "project")
    list_select_related = ("user", "project", "by")
    search_fields = ("=user__username", "project__name")
    fields = ("user", "project", "kind", "article_number", "by", "created_at", "read_at", "mailed_at")
    readonly_fields = ("article_number",)

    @admin.display(description=_("article"))
    def article_number(self, telling: Notification) -> int | None:
        return telling.article_id


@admin.register(Handout)
class HandoutAdmin(LogAdmin[Handout]):
    list_display = ("created_at", "project", "by", "chosen", "given", "each", "due_on")
    list_filter = ("project",)
    list_select_related = ("project", "by")
    search_fields = ("project__name", "=by__username")
