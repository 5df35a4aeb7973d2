from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.domain.samples import SAMPLES
from articles.formats.base import ParsedArticle
from articles.models.articles import MAX_TEXT_LENGTH

MOST_TEXTS = 50
_BETWEEN = re.compile(r"\n[ \t]*-{3,}[ \t]*(?:\n|\Z)")


class TextsForm(forms.Form):
    """Several articles pasted at once. Cleans to a list of texts."""

    texts = forms.CharField(
        max_length=MAX_TEXT_LENGTH,
        strip=False,
        widget=forms.Textarea({"class": "text", "rows": 8}),
        label=_("Texts"),
        help_text=_("One article after the other, with a line of three hyphens (---) between them."),
        error_messages={"required": _("Paste a text first.")},
    )

    def clean_texts(self) -> list[str]:
        # Browsers send every line break of a textarea as CRLF; the pasted text had LF.
        pasted = "\n" + str(self.cleaned_data["texts"]).replace("\r\n", "\n")
        texts = [one.strip("\n") for one in _BETWEEN.split(pasted) if one.strip()]
        if not texts:
            raise forms.ValidationError(_("Paste a text first."))
        if len(texts) > MOST_TEXTS:
            raise forms.ValidationError(_("These are more than 50 texts. Upload them as a file instead."))
        return texts

    def articles(self) -> list[ParsedArticle]:
        return [
            ParsedArticle(text=text, file="pasted", line=number)
            for number, text in enumerate(self.cleaned_data["texts"], start=1)
        ]


def sample_articles() -> list[ParsedArticle]:
    return [
        ParsedArticle(text=text, title=title, file="samples", line=number)
        for number, (title, text) in enumerate(SAMPLES, start=1)
    ]
