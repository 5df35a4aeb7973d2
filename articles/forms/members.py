from django import forms
from django.utils.translation import gettext_lazy as _

from annotator.users.models import Role

ROLE_WORDS = {
    Role.MANAGER: _("Manager: everything in this project"),
    Role.REVIEWER: _("Reviewer: annotates, and decides what is gold"),
    Role.ANNOTATOR: _("Annotator: annotates, sees their own work only"),
    Role.VIEWER: _("Viewer: reads and exports"),
}


class RoleForm(forms.Form):
    """A member's role. Choose a role for the person."""

    role = forms.ChoiceField(choices=Role.choices)


class InviteForm(forms.Form):
    role = forms.ChoiceField(
        choices=[(role.value, words) for role, words in ROLE_WORDS.items()], initial=Role.ANNOTATOR
    )
