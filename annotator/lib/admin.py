"""What all pages of the administration share: rows are kept, and a row's own page has the list's actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotator.lib.errors import Invalid, Refused

M = TypeVar("M", bound=Model)
P = TypeVar("P", bound=Model)

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as ModelAdmin
    from django.contrib.admin import TabularInline as TabularInline
else:
    from unfold.admin import ModelAdmin as UnfoldAdmin
    from unfold.admin import TabularInline as UnfoldInline

    class ModelAdmin(UnfoldAdmin, Generic[M]):
        pass

    class TabularInline(UnfoldInline, Generic[M, P]):
        pass


class KeptAdmin(ModelAdmin[M]):
    """Rows that are never deleted here. The list's actions are buttons on a row's own page, too."""

    show_full_result_count = False
    list_per_page = 50
    change_form_outer_before_template = "admin/row_actions.html"
    # What the list must be asked for to hold every row, so that an action reaches the one on this page.
    whole_list = ""

    class Media:
        css = {"all": ("css/status.css", "css/admin.css")}

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        unfit = self.unfit_actions(row) if row else set()
        found = (self.get_actions(request) or {}).values()
        actions = [(action[1], action[2]) for action in found if action and action[1] not in unfit]
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "row_actions": actions}
        )

    def unfit_actions(self, row: M) -> set[str]:
        """Names of actions that make no sense for this row as it stands."""
        return set()


class LogAdmin(KeptAdmin[M]):
    """A record that is only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class LogInline(TabularInline[M, P]):
    """Rows of another table, only read."""

    extra = 0
    max_num = 0
    hide_title = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return False


def tell_refusal(request: HttpRequest, error: Refused, about: object = "") -> None:
    """Show a refusal as messages, one for each problem."""
    problems = (error.problems if isinstance(error, Invalid) else []) or [error.reason]
    for problem in problems:
        messages.error(request, f"{about}: {problem}" if about else problem)


def progress_bar(done: int, total: int, words: str) -> SafeString:
    """A bar with its words, readable without seeing it."""
    return format_html(
        '<span class="an-progress"><progress max="{}" value="{}" aria-label="{}"></progress> '
        "<span>{}</span></span>",
        total or 1,
        done,
        words,
        words,
    )
