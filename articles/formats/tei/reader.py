"""TEI documents as articles: names within the text, and spans that point into it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from articles.domain.spans import Fragment
from articles.formats.base import Found, Problem, Reader
from articles.formats.common.source import Source
from articles.formats.common.standoff import LINK, MAX_LABEL, Draft, joined
from articles.formats.common.text import BadText
from articles.formats.common.xml import line_of, local_name, parse_xml
from articles.formats.tei.header import named_fields
from articles.formats.tei.text import XML_ID, ElementExtent, read_text

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_START = 4000
_WHITE_SPACE = re.compile(r"\s+")
_SAY_NOTHING = frozenset(("name", "rs"))
_NAMES = _SAY_NOTHING | {
    *("persName", "placeName", "orgName", "geogName", "objectName", "eventName"),
    *("country", "region", "settlement", "district", "bloc"),
    *("date", "time", "measure", "num"),
}
_ATTRIBUTES = ("type", "subtype", "role", "cert", "when", "from", "to", "notBefore", "notAfter")


class TeiReader(Reader):
    format = "tei"
    title = "TEI (XML)"
    extensions = (".xml", ".tei")

    def recognises(self, file: Source) -> bool:
        start = file.head[:_START]
        return NAMESPACE.encode() in start or b"<TEI" in start or b"<teiCorpus" in start

    def read(self, file: Source) -> Iterator[Found]:
        try:
            root = parse_xml(file)
        except BadText as error:
            yield Problem(file.name, error.line, str(error))
            return
        documents = list(root.iter("{*}TEI", "{*}TEI.2"))
        if not documents:
            yield Problem(file.name, line_of(root), f"This is XML, but not TEI: {local_name(root):.40}.")
        for document in documents:
            yield _read(document, file.name)


def _read(document: etree._Element, file: str) -> Found:
    line = line_of(document)
    try:
        draft = _draft(document)
        return draft.article(file, line=line, metadata={"file": file}, **named_fields(document))
    except BadText as error:
        return Problem(file, error.line or line, str(error))


def _draft(document: etree._Element) -> Draft:
    body = document.find("{*}text")
    if body is None:
        raise BadText("There is no text in this TEI document.")
    dropped = Counter[str]()
    text, extents = read_text(body, dropped)
    draft = Draft(text)
    draft.dropped += dropped
    for number, extent in enumerate(extents):
        if local_name(extent.element) in _NAMES:
            _add_name(draft, extent, f"name {number}")
    by_id = {id_: extent for extent in extents if (id_ := extent.element.get(XML_ID))}
    for number, element in enumerate(document.iter("{*}span")):
        _add_span(draft, element, by_id, f"span {number}")
    for element in document.iter("{*}relation"):
        _relate(draft, element)
    return draft


def _add_name(draft: Draft, extent: ElementExtent, name: str) -> None:
    element = extent.element
    own = local_name(element)
    label = element.get("type", own) if own in _SAY_NOTHING else own
    id_ = element.get(XML_ID) or name
    draft.add_span(id_, label, [extent.piece or (0, 0)], line_of(element))
    if link := element.get("ref") or element.get("key"):
        draft.set_attribute(id_, LINK, link)
    for key in _ATTRIBUTES:
        value = element.get(key)
        if value and not (key == "type" and value == label):
            draft.set_attribute(id_, key, value)


def _add_span(draft: Draft, element: etree._Element, by_id: Mapping[str, ElementExtent], name: str) -> None:
    pieces = _pointed_at(element, by_id)
    if not pieces:
        draft.dropped["spans that point to no place in the text"] += 1
        return
    pieces = joined(pieces, lambda *gap: bool(_WHITE_SPACE.fullmatch(draft.text, *gap)))
    draft.add_span(element.get(XML_ID) or name, _label(element), pieces, line_of(element))


def _pointed_at(element: etree._Element, by_id: Mapping[str, ElementExtent]) -> list[Fragment]:
    """The pieces of text that it names; none if any of its pointers leads nowhere."""
    if target := element.get("target"):
        extents = [by_id.get(one.removeprefix("#")) for one in target.split()]
        pieces = [extent.piece for extent in extents if extent and extent.piece]
        return pieces if len(pieces) == len(extents) else []
    start = by_id.get(element.get("from", "").removeprefix("#"))
    end = by_id.get(element.get("to", element.get("from", "")).removeprefix("#"))
    if start is None or start.start is None or end is None or end.end <= start.start:
        return []
    return [(start.start, end.end)]


def _label(span: etree._Element) -> str:
    words = " ".join((span.text or "").split())
    group = span.getparent()
    of_group = group.get("type", "") if group is not None else ""
    offered = (span.get("type"), words, span.get("ana", "").removeprefix("#"), of_group)
    return next((one for one in offered if one and len(one) <= MAX_LABEL), "span")


def _relate(draft: Draft, element: etree._Element) -> None:
    source, target = (element.get(name, "").removeprefix("#") for name in ("active", "passive"))
    kind = element.get("name") or element.get("type") or "relation"
    draft.relate(kind, source, target, line_of(element))
