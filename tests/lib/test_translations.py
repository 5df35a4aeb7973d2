"""The words of other languages: whole, with the same gaps to fill, and compiled from their sources."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from annotator.users.models import Project, User
from tests.builders import make_article

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po"))
GAP = re.compile(r"%\(\w+\)[sd]|</?[a-z]+")


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _gaps(text: str) -> set[str]:
    return set(GAP.findall(text))


def test_there_are_catalogues_for_pages_and_scripts_in_each_language() -> None:
    names = {(path.parts[-3], path.stem) for path in CATALOGUES}
    languages = {code for code, _name in settings.LANGUAGES} - {"en"}
    assert names == {(code, domain) for code in languages for domain in ("django", "djangojs")}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]} {path.stem}")
def test_each_sentence_is_translated_with_the_same_gaps(path: Path) -> None:
    for message in _read(path):
        if not message.id:
            continue
        assert all(_texts(message)), f"{_id(message)!r} is not translated"
        assert not message.fuzzy, f"{_id(message)!r} is a guess"
        for text in _texts(message):
            assert _gaps(text) in map(_gaps, _ids(message)), text


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]} {path.stem}")
def test_what_is_compiled_is_what_stands_in_the_source(path: Path) -> None:
    compiled = read_mo(io.BytesIO(path.with_suffix(".mo").read_bytes()))
    assert {_id(one): _texts(one) for one in compiled if one.id} == {
        _id(one): _texts(one) for one in _read(path) if one.id
    }


def test_pages_and_counts_are_in_russian(db: None) -> None:
    page = Client().get(reverse("account_login"), headers={"accept-language": "ru"}).content.decode()
    assert '<html lang="ru"' in page
    assert "Имя пользователя или эл. почта" in page


def test_pages_run_from_right_to_left_where_their_language_does(db: None) -> None:
    """None that does is offered yet."""
    with override_settings(LANGUAGES=[*settings.LANGUAGES, ("ar", "العربية")]):
        page = Client().get(reverse("account_login"), headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page


@pytest.mark.parametrize(("count", "words"), [(1, "1 метка"), (3, "3 метки"), (11, "11 меток")])
def test_russian_counts_in_three_ways(count: int, words: str) -> None:
    with translation.override("ru"):
        said = translation.ngettext("%(counter)s label", "%(counter)s labels", count)
    assert said % {"counter": count} == words


def test_times_that_django_does_not_say_in_kazakh_are_said() -> None:
    with translation.override("kk"):
        assert naturaltime(timezone.now() - timedelta(minutes=13)) == "13\N{NO-BREAK SPACE}минут бұрын"
        assert naturaltime(timezone.now() + timedelta(days=2, minutes=1)).endswith("күн өткен соң")


def test_scripts_get_their_words_in_kazakh(db: None, stranger: User) -> None:
    browser = Client()
    browser.force_login(stranger)
    page = browser.get(reverse("users:account"), headers={"accept-language": "kk"}).content.decode()
    found = re.search(r'src="(/words/kk/\w+\.js)"', page)
    assert found
    words = json.dumps("Келесі келіспеушілік")
    assert words in browser.get(found[1]).content.decode()


def test_the_editor_is_in_russian_with_its_words_for_scripts(project: Project, annotator: User) -> None:
    article = make_article(project, published_on=date(2026, 3, 9), source="Northline")
    browser = Client()
    browser.force_login(annotator)
    path = reverse("articles:editor", args=[project.slug, article.pk])
    page = browser.get(path, headers={"accept-language": "ru"}).content.decode()
    assert "Всё сохранено" in page
    sent = re.search(r"<script[^>]*application/json[^>]*>(.*?)</script>", page)
    assert sent
    assert json.loads(sent[1])["article"]["metadata"]["Дата публикации"].startswith("9 марта 2026")
    found = re.search(r'src="(/words/ru/\w+\.js)"', page)
    assert found
    words = browser.get(found[1]).content.decode()
    assert json.dumps("Теперь: %(words)s") in words
    assert 'language = "ru"' in words
