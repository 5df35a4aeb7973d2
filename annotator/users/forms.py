from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotator.users.models import ApiToken, Digest

_LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year"))]


class NewsForm(forms.Form):
    """Where news goes, and how often."""

    email = forms.EmailField(
        required=False, label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "email"})
    )
    digest = forms.ChoiceField(label=_("Send me what is new"), choices=Digest.choices)


class NameForm(forms.Form):
    display_name = forms.CharField(
        required=False,
        max_length=150,
        label=_("Display name"),
        help_text=_("What others see. Left empty, they see your user name."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class TokenForm(forms.Form):
    name = forms.CharField(
        max_length=100, label=_("Name"), help_text=_("What it is for, so that you know it again.")
    )
    scope = forms.ChoiceField(
        label=pgettext_lazy("rights of a token", "May"),
        choices=ApiToken.Scope.choices,
        initial=ApiToken.Scope.READ,
    )
    days = forms.ChoiceField(label=_("Works for"), choices=_LIFETIMES, initial="90")

    @property
    def expires_at(self) -> datetime:
        return timezone.now() + timedelta(days=int(self.cleaned_data["days"]))


class JoinForm(forms.Form):
    """A new account, made with an invitation."""

    username = forms.CharField(
        max_length=150,
        label=_("User name"),
        help_text=_("Letters, digits and @ . + - _"),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(
        required=False,
        max_length=150,
        label=_("Your name"),
        help_text=_("What others see."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        strip=False,
        help_text=_("At least 10 characters; a few words are good."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
