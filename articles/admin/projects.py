from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.admin import KeptAdmin, TabularInline, tell_refusal
from annotator.lib.errors import Refused
from annotator.schemas.ready import DEFAULT, ready_templates
from annotator.users.admin import MembershipForm, MembershipFormSet, save_memberships
from annotator.users.models import Membership, Project, Role, Verb
from annotator.users.requests import person_of
from annotator.users.services.audit import record
from annotator.users.services.members import add_member
from articles.admin.figures import status_progress
from articles.admin.runs import assign_evenly, preannotate
from articles.models import Article, ProjectEngine, Status
from articles.queries.projects.health import storage_words, with_health, worries_of
from articles.queries.projects.overview import role_words, with_figures
from articles.services.projects.deletion import bring_back
from articles.services.projects.managing import (
    archive_project,
    change_project,
    furnish_project,
    restore_project,
)
from articles.tasks.rooms import enqueue_rooms

_MARKS = ("archived_at", "deleted_at", "deleted_by", "created_by")


class InUse(admin.SimpleListFilter):
    """Archived projects stay out of sight until they are asked for."""

    title = _("state")
    parameter_name = "shown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("archived", gettext("Archived")), ("deleted", gettext("Deleted")), ("all", gettext("All"))]

    def choices(self, changelist: Any) -> Any:
        everything, *others = super().choices(changelist)
        yield {**everything, "display": gettext("In use")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "archived":
                return queryset.filter(archived_at__isnull=False, deleted_at__isnull=True)
            case "deleted":
                return queryset.filter(deleted_at__isnull=False)
            case "all":
                return queryset
        return queryset.filter(archived_at__isnull=True)


class ProjectForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Project
        fields = ("name", "slug", "description", "guidelines", *Project.SETTINGS)
        labels = {"slug": _("Short name"), "preannotate": _("Pre-annotate")}


class NewProjectForm(ProjectForm):
    template = forms.ChoiceField(
        label=_("Label schema"),
        help_text=_("What to begin with. It can be changed and published anew at any time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        field.choices = [(name, ready.title) for name, ready in ready_templates().items()]  # type: ignore[attr-defined]
        field.initial = DEFAULT


class MembersOfProject(TabularInline[Membership, Project]):
    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    fields = ("user", "role")
    autocomplete_fields = ("user",)
    extra = 0
    hide_title = True
    verbose_name_plural = _("members")


class EnginesOfProject(TabularInline[ProjectEngine, Project]):
    model = ProjectEngine
    fields = ("name", "kind", "enabled")
    readonly_fields = ("name", "kind")
    extra = 0
    hide_title = True
    can_delete = False
    verbose_name_plural = _("engines")

    def has_add_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        return bool(request.user.has_perm("users.change_project"))

    has_view_permission = has_change_permission


@admin.register(Project)
class ProjectAdmin(KeptAdmin[Project]):
    form = ProjectForm
    list_display = ("name", "slug", "team", "progress", "health", "storage", "active")
    list_filter = (InUse,)
    whole_list = "?shown=all"
    search_fields = ("name", "slug", "description")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembersOfProject, EnginesOfProject)
    actions = (
        "preannotate_new", "preannotate_all", "export_gold", "assign_unclaimed", "archive", "restore",
        "undelete",
    )  # fmt: skip

    def unfit_actions(self, row: Project) -> set[str]:
        if row.is_deleted:
            return set(self.actions) - {"undelete"}
        return {"undelete", "archive" if row.is_archived else "restore"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        real = super().get_queryset(request).filter(training_for__isnull=True)
        return with_health(with_figures(real))

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = NewProjectForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Project | None = None) -> Any:
        main = ["name", "slug", "description"]
        if obj is None:
            return ((None, {"fields": [*main, "template", *Project.SETTINGS]}),)
        return (
            (gettext("How it stands"), {"fields": ["progress", "pages", *_MARKS]}),
            (None, {"fields": [*main, *Project.SETTINGS]}),
            (gettext("Guidelines"), {"fields": ["guidelines"]}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Project | None = None) -> Any:
        """The short name is part of every address, so it is chosen once."""
        return ("slug", "progress", "pages", *_MARKS) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Project | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def get_inlines(self, request: HttpRequest, obj: Project | None = None) -> Any:
        return self.inlines if obj else (MembersOfProject,)

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        if change:
            # The form has written into `obj` already, and the service compares with what stood before.
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            kept = Project.objects.get(pk=obj.pk)
            change_project(project=kept, changes=changes, by=person_of(request), enqueue_rooms=enqueue_rooms)
            return
        obj.created_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
        definition = ready_templates()[form.cleaned_data["template"]].definition
        furnish_project(project=obj, definition=definition, by=obj.created_by)
        record(Verb.PROJECT_CREATED, project=obj, about=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        project = form.instance
        if not change and not project.memberships.filter(role=Role.MANAGER).exists():
            add_member(project=project, user=project.created_by, role=Role.MANAGER)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Membership:
            save_memberships(request, formset)
        else:
            super().save_formset(request, form, formset, change)
            for engine, changed in formset.changed_objects:
                record(Verb.ENGINE_CHANGED, project=form.instance, about=engine, changed=changed)

    @admin.display(description=_("team"))
    def team(self, project: Any) -> str:
        return role_words(project.roles)

    @admin.display(description=_("articles"))
    def progress(self, project: Any) -> SafeString:
        return status_progress(project.statuses)

    @admin.display(description=_("health"))
    def health(self, project: Project) -> SafeString:
        worries = format_html_join("", "<li>{}</li>", ((worry,) for worry in worries_of(project)))
        return format_html('<ul class="an-worries">{}</ul>', worries) if worries else escape(gettext("well"))

    @admin.display(description=_("releases"), ordering="release_bytes")
    def storage(self, project: Project) -> str:
        return storage_words(project)

    @admin.display(description=_("last active"), ordering="active_at")
    def active(self, project: Any) -> str:
        return str(naturaltime(project.active_at))

    @admin.display(description=_("pages"))
    def pages(self, project: Project) -> SafeString:
        query = urlencode({"project__id__exact": project.pk})
        rows = (
            (gettext("Project page"), reverse("articles:project", args=[project.slug])),
            (gettext("Articles"), f"{reverse('admin:articles_article_changelist')}?{query}"),
            (gettext("Jobs"), f"{reverse('admin:articles_job_changelist')}?{query}"),
            (gettext("Label schema"), reverse("articles:schema", args=[project.slug])),
            (gettext("Engine settings"), reverse("articles:engines", args=[project.slug])),
            (gettext("Log"), reverse("articles:log", args=[project.slug])),
            (gettext("Delete…"), reverse("articles:project-delete", args=[project.slug])),
        )
        return format_html_join("", '<a class="an-link" href="{1}">{0}</a>', rows)

    @admin.action(description=_("Pre-annotate new articles"), permissions=["change"])
    def preannotate_new(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        for project in queryset:
            preannotate(request, project, Article.objects.of(project).filter(status=Status.NEW))

    @admin.action(description=_("Pre-annotate all articles again"), permissions=["change"])
    def preannotate_all(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        for project in queryset:
            preannotate(request, project, Article.objects.of(project))

    @admin.action(description=_("Export the gold (JSONL)"), permissions=["view"])
    def export_gold(self, request: HttpRequest, queryset: QuerySet[Project]) -> HttpResponse | None:
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            words = gettext("Choose one project: an export is one file of one project.")
            messages.error(request, words)
            return None
        query = urlencode({"format": "jsonl", "layer": "gold"})
        return redirect(f"{reverse('api:export', args=[chosen[0].slug])}?{query}")

    @admin.action(description=_("Assign unclaimed articles evenly"), permissions=["change"])
    def assign_unclaimed(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        for project in queryset:
            assign_evenly(request, project, Article.objects.of(project))

    @admin.action(description=_("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        archived = sum(archive_project(project=project) for project in queryset)
        if not archived:
            messages.warning(request, gettext("These are archived already."))
            return
        messages.success(request, gettext("Archived. Everything stays readable, and Restore opens it again."))

    @admin.action(description=_("Restore"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        opened = sum(restore_project(project=project) for project in queryset)
        if not opened:
            messages.warning(request, gettext("None of these was archived. A deleted one is brought back."))
            return
        words = ngettext("%(count)s is open for work again.", "%(count)s are open for work again.", opened)
        messages.success(request, words % {"count": opened})

    @admin.action(description=_("Bring back (deleted)"), permissions=["undelete"])
    def undelete(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        for project in queryset.filter(deleted_at__isnull=False):
            try:
                bring_back(project=project)
            except Refused as error:
                tell_refusal(request, error, project)
            else:
                messages.success(
                    request, gettext("%(project)s is back, with all that it had.") % {"project": project}
                )

    def has_undelete_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)
