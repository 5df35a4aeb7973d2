"""Names of models and of their fields, as the administration shows them, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib import admin
from django.db.models import Field, Model

from annotator.lib.sentences import said_later

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OURS = ("annotator.", "articles")
# In English; Django has its own words for what is its own.
_names: dict[type[Model], set[str]] = defaultdict(set)


def translate_names() -> None:
    """Migrations stay as they are: they know models by what their source says."""
    for config in apps.get_app_configs():
        if config.name.startswith(OURS):
            for model in config.get_models():
                _translate(model)


def names_in_admin() -> Iterator[str]:
    """What there is to translate."""
    for model in admin.site._registry:
        yield from _names[model]


def _translate(model: type[Model]) -> None:
    names, options = _names[model], model._meta
    options.verbose_name = _later(str(options.verbose_name), names)
    options.verbose_name_plural = _later(str(options.verbose_name_plural), names)
    for field in options.get_fields():
        if isinstance(field, Field):
            field.verbose_name = _later(field.verbose_name, names)
            field.help_text = _later(field.help_text, names)


def _later(name: StrOrPromise, names: set[str]) -> StrOrPromise:
    if not name or not isinstance(name, str):
        return name
    names.add(name)
    return said_later(name)
