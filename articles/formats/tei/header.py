"""What a `teiHeader` says of the article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# The newspaper's own date counts more than that of the edition.
_DATES = (
    ".//{*}sourceDesc//{*}date",
    ".//{*}profileDesc/{*}creation/{*}date",
    ".//{*}publicationStmt//{*}date",
)
_SOURCES = (
    ".//{*}sourceDesc//{*}title[@level='j']",
    ".//{*}sourceDesc//{*}publisher",
    ".//{*}publicationStmt/{*}publisher",
)


def named_fields(document: etree._Element) -> dict[str, Any]:
    """Title, date, source, author and language as fields of an article."""
    header = document.find("{*}teiHeader")
    fields: dict[str, Any] = {"language": _language(document)}
    if header is not None:
        fields["title"] = _words(header, ".//{*}titleStmt/{*}title")
        fields["byline"] = _words(header, ".//{*}titleStmt/{*}author")
        fields["source"] = next(filter(None, (_words(header, path) for path in _SOURCES)), "")
        fields["published_on"] = next(_dates(header), None)
    return fields


def _words(header: etree._Element, path: str) -> str:
    found = header.find(path)
    return "" if found is None else " ".join("".join(map(str, found.itertext())).split())


def _dates(header: etree._Element) -> Iterator[date]:
    for path in _DATES:
        for found in header.iterfind(path):
            try:
                yield date.fromisoformat((found.get("when") or found.text or "").strip()[:10])
            except ValueError:
                continue


def _language(document: etree._Element) -> str:
    places = (
        (document.find("{*}text"), _LANGUAGE),
        (document, _LANGUAGE),
        (document.find(".//{*}langUsage/{*}language"), "ident"),
    )
    said = (element.get(name) for element, name in places if element is not None)
    return next((language for language in said if language), "")
