"""What engines, formats and workers said in English is said to each reader in their language."""

from __future__ import annotations

import pytest
from django.utils import translation

from annotator.lib.errors import Invalid
from annotator.lib.sentences import said
from annotator.ops.gathering import sentences_of


@pytest.fixture(autouse=True)
def russian() -> None:
    translation.activate("ru")


def test_a_sentence_with_gaps_is_filled_anew() -> None:
    assert said("There is no label PERS in the schema.") == "В схеме нет метки PERS."


def test_a_sentence_within_a_sentence_is_translated_too() -> None:
    assert said("The test failed. The file is empty.") == "Проверка не удалась. Файл пуст."


def test_several_sentences_in_one_text() -> None:
    both = "There is no label PERS in the schema. The text is empty."
    assert said(both) == "В схеме нет метки PERS. Текст пуст."


def test_numbers_are_written_as_the_language_does() -> None:
    assert said("An address has at most 2,000 characters.") == "Адрес — не длиннее 2\xa0000 символов."


def test_what_is_no_sentence_of_ours_stays() -> None:
    assert said("Connection reset by peer (104)") == "Connection reset by peer (104)"
    translation.activate("en")
    assert said("The file is empty.") == "The file is empty."


def test_refusals_are_said_in_the_language_of_who_asked() -> None:
    assert Invalid("The file is empty.", ["The text is empty."]).problems == ["Текст пуст."]


def test_sentences_are_gathered_with_names_for_their_gaps() -> None:
    source = '''
"""Says this to programmers only."""
log.info("The worker has begun.")
def problem(label, lines):
    """Nor this."""
    return f"At most {len(lines):,} lines of {label!r} are read, or 5 %."
    return _("Found by gettext itself.")
'''
    assert list(sentences_of(source)) == ["At most %(lines_count)s lines of %(label)s are read, or 5 %%."]
