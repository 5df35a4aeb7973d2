"""Pages say nothing that cannot be said in another language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from annotator.lib import sentences
from annotator.users.models import User
from tests.architecture import test_access
from tests.architecture.test_access import address_of, our_patterns

arguments = test_access.arguments
# Every translation is put between these. What stands outside was never given to gettext.
BEGIN, END = "⟦", "⟧"
SAID = {"aria-label", "title", "placeholder", "alt", "data-says", "data-label"}
# Not words for people: code, names, and whatever the data say.
UNREAD = {"script", "style", "code", "pre", "kbd", "textarea", "time"}
UNREAD_CLASSES = {"mono", "material-symbols-outlined"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"}
WORD = re.compile(r"[A-Za-z][a-z]{2,}")
NAMES = re.compile(
    r"\b(Annotator|Project-\d+|administrator|annotator|manager|reviewer|viewer|(admin|user)\d+"
    r"|Newsroom|OntoNotes|Universal NER|MultiNERD|KazNERD|JSON Lines|Names only\."
    r"|(Release|Pre-annotation) \d+|gold \(|user:"
    r"|Mara Ellingsen( of .* sailed\.)?|newswire|gazetteer|rules|spacy|learned|ensemble|jsonl|https://\S+|job\.ended|[\w/]+\.(txt|jsonl|json|md))"
)


class Reader(HTMLParser):
    """Collects what a page says outside of translations."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0
        self._unread: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in SAID & given.keys():
            self._collect(given[name], 0)
        if tag not in VOID:
            classes = set(given.get("class", "").split())
            is_data = given.get("dir") == "auto" or ("lang" in given and tag != "html")
            self._unread.append(
                self._unread[-1] or tag in UNREAD or bool(classes & UNREAD_CLASSES) or is_data
            )

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._unread) > 1:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread[-1]:
            self._depth = self._collect(data, self._depth)

    def _collect(self, text: str, depth: int) -> int:
        outside = ""
        for sign in text:
            depth += (sign == BEGIN) - (sign == END)
            outside += sign if depth == 0 else " "
        if WORD.search(NAMES.sub(" ", outside)):
            self.found.append(" ".join(outside.replace(END, " ").split()))
        return depth


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language whose words are the English ones between brackets."""
    sentences._said_in.cache_clear()
    trans = translation._trans  # type: ignore[attr-defined]

    def between(text: str) -> str:
        return text if BEGIN in text else f"{BEGIN}{text}{END}"

    monkeypatch.setattr(trans, "gettext", between)
    monkeypatch.setattr(trans, "pgettext", lambda context, text: between(text))
    monkeypatch.setattr(trans, "ngettext", lambda one, many, count: between(one if count == 1 else many))
    monkeypatch.setattr(
        trans, "npgettext", lambda context, one, many, count: between(one if count == 1 else many)
    )
    yield
    sentences._said_in.cache_clear()


def unsaid(client: Client, address: str) -> list[str]:
    """What the page at an address says in English only; nothing for what is no page."""
    answer = client.get(address, headers={"accept-language": "ru"})
    if answer.status_code != 200 or not answer["content-type"].startswith("text/html"):
        return []
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader.found


def test_all_that_pages_say_can_be_translated(
    arguments: dict[str, Any], bracketed: None, administrator: User
) -> None:
    client = Client()
    client.force_login(administrator)
    pages = [(name, address_of(name, pattern, arguments)) for name, pattern in our_patterns()]
    found = {name: unsaid(client, address) for name, address in pages if not name.startswith("api:")}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_all_that_the_administration_says_can_be_translated(
    arguments: dict[str, Any], bracketed: None, administrator: User
) -> None:
    client = Client()
    client.force_login(administrator)
    rows = {form for row in rows_of(apps.get_models()) for form in (str(row), capfirst(str(row)))}
    addresses = ["/admin/", *admin_pages()]
    found = {text for address in addresses for text in map(bare, unsaid(client, address)) if is_said(text)}
    assert found - rows == set()


def bare(text: str) -> str:
    """A heading without the name of the site."""
    return text.removesuffix(" | | Annotator").strip()


def is_said(text: str) -> bool:
    """Codes such as `add_span` and `role: viewer` are not."""
    return text[:1].isupper()


def admin_pages() -> Iterator[str]:
    """The list of each kind of rows, and the page of one row."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        for row in model._default_manager.all()[:1]:
            yield reverse(f"{name}_change", args=[row.pk])


def rows_of(models: Iterable[type[Model]]) -> list[Model]:
    return [row for model in models for row in model._default_manager.all()]
