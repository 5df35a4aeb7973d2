from __future__ import annotations

import pytest
from django.utils import translation

from articles.templatetags.pages import language_name


@pytest.mark.parametrize(
    ("code", "spoken", "name"),
    [
        ("zh", "en", "Chinese"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("kk", "ru", "Казахский"),
        ("xx", "en", "xx"),
        ("no language!", "en", "no language!"),
    ],
)
def test_languages_are_named_in_the_reader_s_own(code: str, spoken: str, name: str) -> None:
    with translation.override(spoken):
        assert language_name(code) == name
