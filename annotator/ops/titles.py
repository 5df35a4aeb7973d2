"""Titles that pure code gives to what it offers, however short: formats, engines, and their options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.schemas.ready import ready_templates
from articles.domain.schema_changes.plan import NOUNS
from articles.engines.lists import ListEngine
from articles.engines.registry import all_engines
from articles.formats import readers, writers
from articles.formats.base import Option
from articles.formats.common.encodings import ENCODINGS
from articles.formats.common.flat import OVERLAPPING
from articles.formats.common.token_spans import TOUCHING


def titles() -> Iterator[str]:
    yield from NOUNS.values()
    yield from (template.description for template in ready_templates().values())
    yield from (title for _value, title in ENCODINGS)
    yield from (*OVERLAPPING.values(), TOUCHING)
    yield from _of_formats()
    yield from _of_engines()


def _of_formats() -> Iterator[str]:
    for reader in readers():
        yield reader.title
        yield from _of_options(reader.options)
    for writer in writers():
        yield from (writer.title, writer.help)
        yield from _of_options(writer.options)


def _of_options(options: Iterable[Option]) -> Iterator[str]:
    for option in options:
        yield from (option.title, option.help, *(title for _value, title in option.choices))


def _of_engines() -> Iterator[str]:
    for engine in all_engines().values():
        yield from (engine.title, engine.description)
        for setting in engine.settings_form:
            yield from (setting.label, setting.help)
        if issubclass(engine, ListEngine):
            yield from engine.entry
