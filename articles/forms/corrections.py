from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models.articles import MAX_TEXT_LENGTH


class CorrectionForm(forms.Form):
    """The whole corrected text. Browsers send line ends as CR LF, whatever they were: they become again what
    `line_end` says."""

    text = forms.CharField(
        label=_("Text"),
        max_length=MAX_TEXT_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto", "spellcheck": "true"}),
    )
    reason = forms.CharField(
        label=_("What was wrong"),
        required=False,
        max_length=500,
        help_text=_("In a few words, for whoever wonders later."),
    )

    def __init__(self, *args: object, line_end: str = "\n", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._line_end = line_end

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").replace("\n", self._line_end)


def line_end_of(text: str) -> str:
    """The line end that the text has; of several the most usual one here."""
    return "\r\n" if "\r\n" in text and "\n" not in text.replace("\r\n", "") else "\n"
