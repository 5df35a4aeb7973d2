"""People, their roles and their API tokens. Projects have their page in `articles.admin`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from annotator.lib.admin import KeptAdmin, LogAdmin, LogInline, TabularInline, tell_refusal
from annotator.lib.errors import Refused
from annotator.users.models import ApiToken, Invitation, Membership, Project, Role, User
from annotator.users.services.invitations import withdraw_invitation
from annotator.users.services.members import add_member, remove_member
from annotator.users.services.tokens import revoke_token

# Roles are memberships, addresses belong to their people.
for _model in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)

if TYPE_CHECKING:
    _MembershipFormSet = forms.BaseInlineFormSet[Membership, Any, Any]
else:
    _MembershipFormSet = forms.BaseInlineFormSet


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    """The person and the project of a membership are chosen once; the role may change."""

    class Meta:
        model = Membership
        fields = ("project", "user", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("project", "user"):
                if name in self.fields:
                    self.fields[name].disabled = True


class MembershipFormSet(_MembershipFormSet):
    """Memberships of one project, or of one person."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        for project in self._losing_a_manager():
            if not self._keeps_a_manager(project):
                raise forms.ValidationError(
                    gettext("%(project)s keeps at least one manager. Make somebody else a manager first.")
                    % {"project": project}
                )

    def _losing_a_manager(self) -> set[Project]:
        return {
            form.instance.project
            for form in self.initial_forms
            if form.initial.get("role") == Role.MANAGER and self._role_after(form) != Role.MANAGER
        }

    def _keeps_a_manager(self, project: Project) -> bool:
        shown = [form.instance.pk for form in self.initial_forms]
        others = Membership.objects.filter(project=project, role=Role.MANAGER).exclude(pk__in=shown)
        return others.exists() or any(
            form.instance.project_id == project.pk and self._role_after(form) == Role.MANAGER
            for form in self.forms
            if form.has_changed() or form.instance.pk
        )

    def _role_after(self, form: Any) -> str | None:
        deleted = self.can_delete and self._should_delete_form(form)  # type: ignore[attr-defined]
        return None if deleted else form.cleaned_data.get("role")


def save_memberships(request: HttpRequest, formset: Any) -> None:
    """Store what the formset says through the services; new managers first, so that old ones may go."""
    formset.save(commit=False)
    changed = [row for row, _ in formset.changed_objects] + formset.new_objects
    try:
        for row in sorted(changed, key=lambda row: row.role != Role.MANAGER):
            add_member(project=row.project, user=row.user, role=row.role)
        for row in formset.deleted_objects:
            remove_member(project=row.project, user=row.user)
    except Refused as error:
        tell_refusal(request, error)


class MembershipsOfUser(TabularInline[Membership, User]):
    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    fields = ("project", "role")
    autocomplete_fields = ("project",)
    extra = 0
    hide_title = True
    verbose_name_plural = _("projects and roles")


class TokensOfUser(LogInline[ApiToken, User]):
    model = ApiToken
    fields = ("name", "hint", "scope", "created_at", "last_used_at", "expires_at", "revoked_at")
    readonly_fields = fields
    show_change_link = True
    verbose_name_plural = _("API tokens")


class NewUserForm(UserCreationForm):  # type: ignore[misc]
    class Meta:
        model = User
        fields = ("username", "display_name", "email")


class ChangedUserForm(UserChangeForm):  # type: ignore[misc]
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin, KeptAdmin[User]):  # type: ignore[type-arg]
    form = ChangedUserForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "display_name", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "memberships__role")
    search_fields = ("username", "display_name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    inlines = (MembershipsOfUser, TokensOfUser)
    actions: tuple[str, ...] = ("reset_two_step",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "display_name", "email", "password")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "display_name", "email", "password1", "password2")}),)

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        rights = () if request.user.is_superuser else ("is_staff", "is_superuser")
        return (*self.readonly_fields, *rights)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only an administrator changes an administrator: whoever sets a password becomes that person."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Membership:
            save_memberships(request, formset)
        else:
            super().save_formset(request, form, formset, change)

    @admin.action(description=_("Reset two-step sign-in (a lost phone)"), permissions=["change"])
    def reset_two_step(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        Authenticator.objects.filter(user__in=self._changeable(request, queryset)).delete()
        messages.success(
            request, gettext("They sign in with their password alone until they set it up again.")
        )

    def _changeable(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset if request.user.is_superuser else queryset.filter(is_superuser=False)


@admin.register(ApiToken)
class ApiTokenAdmin(LogAdmin[ApiToken]):
    list_display = ("name", "hint", "user", "scope", "last_used_at", "expires_at", "revoked_at")
    list_filter = ("scope", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("name", "hint", "user__username")
    fields = ("user", "name", "hint", "scope", "created_at", "last_used_at", "expires_at", "revoked_at")
    actions = ("revoke",)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("users.change_apitoken")

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        count = sum(
            revoke_token(user=token.user, token_id=token.pk) for token in queryset.select_related("user")
        )
        messages.success(
            request,
            gettext("%(count)s tokens were revoked. Programs that use them are refused from now on.")
            % {"count": count},
        )


@admin.register(Invitation)
class InvitationAdmin(LogAdmin[Invitation]):
    list_display = (
        "project",
        "role",
        "created_by",
        "created_at",
        "expires_at",
        "accepted_by",
        "withdrawn_at",
    )
    list_filter = ("role", "project")
    list_select_related = ("project", "created_by", "accepted_by")
    exclude = ("digest",)
    actions = ("withdraw",)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("users.change_invitation")

    @admin.action(description=_("Withdraw"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        for invitation in queryset:
            withdraw_invitation(invitation=invitation)
        messages.success(request, gettext("Links that were not used yet are closed."))
