"""What the documents list is what there is."""

from __future__ import annotations

import re
from pathlib import Path

from articles.api.views.imports import UPLOAD
from articles.formats import readers
from articles.models import Import

API = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
IMPORT = API.partition("\n## Import\n")[2].partition("\n## ")[0]


def rows(heading: str) -> list[list[str]]:
    """The rows of the table whose first column is called so."""
    table = IMPORT.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]


def names(cell: str) -> list[str]:
    return [name.strip("` ") for name in cell.split(",")]


def test_every_format_that_can_be_imported_is_listed() -> None:
    listed = [name for row in rows("format") for name in names(row[0])]
    assert sorted(listed) == sorted([*(reader.format for reader in readers()), "zip", "gzip"])


def test_every_option_of_a_format_is_listed_with_its_values() -> None:
    listed = {(name, of): row[2] for row in rows("option") for name in names(row[0]) for of in names(row[1])}
    options = {(one.name, reader.format): one for reader in readers() for one in reader.options}
    assert listed.keys() == options.keys()
    for key, option in options.items():
        missing = [value for value, _ in option.choices if f"`{value}`" not in listed[key]]
        assert missing == [], key


def test_every_field_of_an_upload_is_listed_with_its_values() -> None:
    listed = {name: row[1] for row in rows("field") for name in names(row[0])}
    assert list(listed) == list(UPLOAD.fields)
    for name, values in (("unknown", Import.Unknown.values), ("twins", Import.Twins.values)):
        assert set(values) <= set(re.findall(r"`(\w+)`", listed[name]))
