from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.services.known_gold.known_articles import MOST_AT_ONCE


class DrawForm(forms.Form):
    count = forms.IntegerField(min_value=1, max_value=MOST_AT_ONCE, initial=20, label=_("Articles by lot"))
