from django import forms

from annotator.users.models import Role

ROLE_WORDS = {
    Role.MANAGER: "Manager: everything in this project",
    Role.REVIEWER: "Reviewer: annotates, and decides what is gold",
    Role.ANNOTATOR: "Annotator: annotates, sees their own work only",
    Role.VIEWER: "Viewer: reads and exports",
}


class RoleForm(forms.Form):
    """A member's role. Choose a role for the person."""

    role = forms.ChoiceField(choices=Role.choices)


class InviteForm(forms.Form):
    role = forms.ChoiceField(
        choices=[(role.value, words) for role, words in ROLE_WORDS.items()], initial=Role.ANNOTATOR
    )
