"""People, with what follows for their work when they leave."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotator.users.admin import UserAdmin
from annotator.users.models import User, Verb
from annotator.users.requests import person_of
from annotator.users.services.audit import record
from articles.services.people import activate_person, deactivate_person

RIGHTS = ("is_staff", "is_superuser")

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    actions = ("activate", "deactivate", *UserAdmin.actions)

    def unfit_actions(self, row: User) -> set[str]:
        return {"activate"} if row.is_active else {"deactivate"}

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Whether somebody is active is changed by the services, whatever form says so."""
        wish = obj.is_active
        if change:
            obj.is_active = bool(form.initial["is_active"])
        super().save_model(request, obj, form, change)
        changed = [name for name in RIGHTS if name in form.changed_data]
        if change and changed:
            record(Verb.RIGHTS_CHANGED, about=obj, **{name: getattr(obj, name) for name in changed})
        if change and wish != obj.is_active:
            (activate_person if wish else deactivate_person)(user=obj, by=person_of(request))

    @admin.action(description=_("Activate"), permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people = self._changeable(request, queryset)
        count = sum(activate_person(user=one, by=person_of(request)) for one in people)
        told = ngettext("%(count)s person may sign in.", "%(count)s people may sign in.", count)
        messages.success(request, told % {"count": count})

    @admin.action(description=_("Deactivate (what they did stays)"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        me = person_of(request)
        others = self._changeable(request, queryset).exclude(pk=me.pk)
        count = sum(deactivate_person(user=one, by=me) for one in others)
        told = ngettext(
            "%(count)s person can no longer sign in. Their work stays, and what they had in hand goes back.",
            "%(count)s people can no longer sign in. Their work stays, and what they had in hand goes back.",
            count,
        )
        messages.success(request, told % {"count": count})
        if queryset.filter(pk=me.pk).exists():
            messages.warning(request, gettext("You cannot deactivate yourself."))
