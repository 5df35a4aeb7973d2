from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from annotator.lib.admin import KeptAdmin, LogAdmin, LogInline, tell_refusal
from annotator.lib.errors import Invalid
from annotator.schemas.definition import DefinitionError, parse_definition
from annotator.schemas.models import LabelSchema, SchemaVersion
from annotator.schemas.services.publishing import publish, save_draft


class ReadableJson(json.JSONEncoder):
    """Indented, with every script as itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "indent": 2, "ensure_ascii": False})


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]
    draft = forms.JSONField(
        label=_("Draft"),
        encoder=ReadableJson,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 28, "spellcheck": "false", "class": "an-code"}),
        help_text=_("Saving keeps the draft. Publish it with the button above, or in the page editor."),
    )

    class Meta:
        model = LabelSchema
        fields = ("draft",)

    def clean_draft(self) -> dict[str, Any]:
        try:
            return parse_definition(self.cleaned_data["draft"]).to_dict()
        except DefinitionError as error:
            raise forms.ValidationError(list(error.problems)) from error


class VersionsOfSchema(LogInline[SchemaVersion, LabelSchema]):
    model = SchemaVersion
    fields = ("number", "label_count", "published_at", "published_by")
    readonly_fields = fields
    ordering = ("-number",)
    show_change_link = True
    verbose_name_plural = _("published versions")

    @admin.display(description=_("labels"))
    def label_count(self, version: SchemaVersion) -> int:
        return len(version.data.get("labels", []))


@admin.register(LabelSchema)
class LabelSchemaAdmin(KeptAdmin[LabelSchema]):
    form = DraftForm
    list_display = ("project", "newest_version", "draft_saved_at")
    list_select_related = ("project",)
    search_fields = ("project__name", "project__slug")
    fields = ("page_editor", "draft")
    readonly_fields = ("page_editor",)
    inlines = (VersionsOfSchema,)
    actions = ("publish_draft",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A schema is made with its project."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[LabelSchema]:
        return super().get_queryset(request).prefetch_related("versions")

    def save_model(self, request: HttpRequest, obj: LabelSchema, form: Any, change: bool) -> None:
        save_draft(project=obj.project, data=form.cleaned_data["draft"])

    @admin.display(description=_("published"))
    def newest_version(self, schema: LabelSchema) -> str:
        newest = max(schema.versions.all(), key=lambda version: version.number)
        count = len(newest.data["labels"])
        words = ngettext("Version %(number)s, %(count)s label", "Version %(number)s, %(count)s labels", count)
        return words % {"number": newest.number, "count": count}

    @admin.display(description=_("page editor"))
    def page_editor(self, schema: LabelSchema) -> SafeString:
        url = reverse("articles:schema", args=[schema.project.slug])
        words = gettext("Edit with colours, hotkeys and a preview")
        return format_html('<a class="an-link" href="{}">{}</a>', url, words)

    @admin.action(description=_("Publish the saved draft"), permissions=["change"])
    def publish_draft(self, request: HttpRequest, queryset: QuerySet[LabelSchema]) -> None:
        for schema in queryset.select_related("project"):
            try:
                version = publish(project=schema.project, data=schema.draft, by=request.user)  # type: ignore[arg-type]
            except Invalid as error:
                tell_refusal(request, error, schema.project)
            else:
                messages.success(
                    request,
                    gettext("%(project)s: version %(number)s is what is labelled now.")
                    % {"project": schema.project, "number": version.number},
                )


@admin.register(SchemaVersion)
class SchemaVersionAdmin(LogAdmin[SchemaVersion]):
    list_display = ("schema", "number", "published_at", "published_by")
    list_filter = ("schema__project",)
    list_select_related = ("schema__project", "published_by")
    fields = ("schema", "number", "published_at", "published_by", "definition_text")
    readonly_fields = fields

    @admin.display(description=_("definition"))
    def definition_text(self, version: SchemaVersion) -> SafeString:
        text = json.dumps(version.data, indent=2, ensure_ascii=False)
        return format_html('<pre class="an-text">{}</pre>', text)
