"""How an upload is to be read, and what is to become of what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from articles.formats import AUTO, recognise
from articles.formats.base import Problem
from articles.formats.common.encodings import is_offered
from articles.formats.common.mapping import BadMapping, NameMap
from articles.formats.common.source import UTF8
from articles.models import Import
from articles.queries.files import source_of
from articles.services.intake.authors import require_author

# An option is a choice, a number or a short word.
MAX_OPTION = 100
_STORED = ("format", "encoding", "options", "layer", "mapping", "unknown", "twins", "corrections")


@dataclass(frozen=True)
class Wishes:
    """What somebody says about an upload; `options` are those of its format, by name."""

    file_format: str = AUTO
    encoding: str = UTF8
    options: Mapping[str, str] = field(default_factory=dict)
    layer: str = "gold"
    mapping: Mapping[str, Any] = field(default_factory=dict)
    unknown: str = Import.Unknown.REFUSE
    twins: str = Import.Twins.LINK
    corrections: str = Import.Corrections.SKIP


def wishes_of(upload: Import) -> dict[str, Any]:
    """The fields of an upload that say how it is read."""
    return {name: getattr(upload, name) for name in _STORED}


def take_wishes(upload: Import, wishes: Wishes) -> None:
    """Put them into the upload, which the caller saves. Raises Invalid when they cannot be met."""
    require_author(upload.project, wishes.layer)
    _require_sense(wishes)
    if upload.file:
        source = source_of(upload.file, name=upload.file_name, encoding=wishes.encoding)
        reader = recognise(source, wishes.file_format, wishes.options)
        if isinstance(reader, Problem):
            raise Invalid(str(reader), [str(reader)])
        upload.format = reader.format if wishes.file_format == AUTO else wishes.file_format
    upload.encoding = wishes.encoding
    upload.options = dict(wishes.options)
    upload.layer = wishes.layer
    upload.mapping = dict(wishes.mapping)
    upload.unknown = wishes.unknown
    upload.twins = wishes.twins
    upload.corrections = wishes.corrections


def _require_sense(wishes: Wishes) -> None:
    if not is_offered(wishes.encoding):
        raise Invalid(
            _("There is no encoding %(encoding)s. Choose utf-8 or one that the page offers.")
            % {"encoding": f"{wishes.encoding!r:.40}"}
        )
    if wishes.unknown not in Import.Unknown.values or wishes.twins not in Import.Twins.values:
        raise Invalid(_("unknown is refuse, add or leave_out; twins is import, link or skip."))
    if wishes.corrections not in Import.Corrections.values:
        raise Invalid(_("corrections is skip or correct."))
    if not all(map(_is_option, wishes.options.items())):
        raise Invalid(
            _("Options are an object of texts by name, of at most %(max_option)s characters each.")
            % {"max_option": MAX_OPTION}
        )
    try:
        NameMap.parse(wishes.mapping)
    except BadMapping as error:
        raise Invalid(str(error)) from error


def _is_option(option: tuple[object, object]) -> bool:
    return all(isinstance(one, str) and len(one) <= MAX_OPTION and "\0" not in one for one in option)
