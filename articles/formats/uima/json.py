"""UIMA's JSON CAS 0.4: `%TYPES`, `%FEATURE_STRUCTURES` and `%VIEWS`.

A feature that refers begins with `@`, a number that JSON cannot write with `#`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from articles.formats.common.limits import MAX_NODES
from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.uima.cas import Cas, FeatureStructure, View

STRUCTURES, VIEWS = "%FEATURE_STRUCTURES", "%VIEWS"


def read_json_cas(file: Source) -> Cas:
    """Raises BadText."""
    data = _object(_loaded(file.text()), "A JSON CAS")
    structures: dict[str, FeatureStructure] = {}
    sofas: dict[str, Mapping[str, Any]] = {}
    for id_, row in _rows(data.get(STRUCTURES)):
        if id_ in structures or id_ in sofas:
            raise BadText(f"The %ID {id_!r:.40} is there twice.")
        if row.get("%TYPE") == "uima.cas.Sofa":
            sofas[id_] = row
        else:
            structures[id_] = _structure(id_, row)
    views = _object(data.get(VIEWS, {}), f'"{VIEWS}"')
    return Cas(structures, [_view(name, view, sofas) for name, view in views.items()])


def _loaded(text: str) -> Any:
    if text.count(",") + text.count("[") + text.count("{") > MAX_NODES:
        raise BadText(f"There are more than {MAX_NODES:,} values. Split the file.")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadText(f"This is not JSON: {error.msg} at column {error.colno}.", error.lineno) from error


def _rows(found: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Feature structures stand in a list with their `%ID`, or in an object under it."""
    if isinstance(found, dict):
        yield from ((id_, _object(row, "A feature structure")) for id_, row in found.items())
    elif isinstance(found, list):
        yield from ((str(_object(row, "A feature structure").get("%ID")), row) for row in found)
    elif found is not None:
        raise BadText(f'"{STRUCTURES}" is a list or an object.')


def _structure(id_: str, row: Mapping[str, Any]) -> FeatureStructure:
    values: dict[str, str | bool] = {}
    references: dict[str, Sequence[str]] = {}
    for key, value in row.items():
        if key == "%ELEMENTS" and isinstance(value, list):
            references["elements"] = [str(one) for one in value if isinstance(one, int)]
        elif key.startswith("@"):
            references[key[1:]] = (str(value),) if isinstance(value, int) else ()
        elif not key.startswith("%") and isinstance(value, bool | str | int | float):
            values[key.removeprefix("#")] = value if isinstance(value, bool) else str(value)
    return FeatureStructure(id_, str(row.get("%TYPE", "")), values, references)


def _view(name: str, view: Any, sofas: Mapping[str, Mapping[str, Any]]) -> View:
    row = _object(view, "A view")
    text = sofas.get(str(row.get("%SOFA")), {}).get("sofaString")
    members = row.get("%MEMBERS", [])
    if not isinstance(members, list) or not isinstance(text, str | None):
        raise BadText(f'The view {name!r:.40} has "%MEMBERS", a list, and a text.')
    return View(name, text, [str(one) for one in members if isinstance(one, int | str)])


def _object(value: Any, noun: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadText(f"{noun} is an object.")
    return value
