"""XML from strangers, parsed whole: no entities, nothing fetched, sizes bounded before memory is spent.

What libxml2 bounds by itself while `huge_tree` is off: 256 levels, 10 million bytes for one text or value,
and five times the file's size for what declarations in it blow up. It does not bound how many nodes a file
has, which are counted here first.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from articles.formats.common.encodings import ENCODINGS, marked_encoding
from articles.formats.common.limits import MAX_NODES
from articles.formats.common.source import UTF8, Source
from articles.formats.common.text import BadText

if TYPE_CHECKING:
    from lxml import etree

_DECLARED = re.compile(rb"""\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RESOURCE_LIMIT = 114  # XML_ERR_RESOURCE_LIMIT of libxml2, for depth and length
_PLACE = re.compile(r",? line \d+, column \d+.*", re.DOTALL)


def parse_xml(file: Source) -> etree._Element:
    """The root of the file's tree, without comments and processing instructions.

    The encoding is the one chosen for the file, else what its mark or declaration says, else UTF-8.
    Raises BadText with the line.
    """
    return parse_xml_text(_text(file))


def parse_xml_text(text: str) -> etree._Element:
    """The same of text; an encoding that it declares no longer counts."""
    try:
        from lxml import etree
    except ImportError:
        raise BadText("Reading XML needs lxml. Install the extra 'formats'.") from None
    if text.count("<") + text.count("=") > MAX_NODES:
        raise BadText(f"There are more than {MAX_NODES:,} elements and attributes. Split the file.")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        # Without ids, libxml2 would load external DTDs whatever is said above.
        collect_ids=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise BadText(_reason(error), error.lineno) from error
    _require_no_entities(root)
    return root


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attributes_of(element: etree._Element) -> dict[str, str]:
    """Attributes in their order, by their full name."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def line_of(element: etree._Element) -> int | None:
    line: int | None = element.sourceline  # type: ignore[assignment]
    return line


def without_control_characters(words: str) -> tuple[str, int]:
    """The words with U+FFFD for every character that XML has not, and how many these were."""
    return _NOT_IN_XML.subn("\ufffd", words)


def _text(file: Source) -> str:
    if file.encoding != UTF8:
        return file.text()
    if marked := marked_encoding(file.raw_head):
        return _recoded(file, marked).text()
    declared = _DECLARED.match(file.head)
    if declared is None:
        return file.text()
    name = declared[1].decode("ascii", "replace")
    if not _is_known(name):
        raise BadText(f"The encoding {name!r} is not known. Save the file as UTF-8.", 1)
    # A file in one byte a character that says UTF-16 in its declaration is in UTF-8.
    return _recoded(file, UTF8 if name.lower().startswith("utf") else name.lower()).text()


def _is_known(encoding: str) -> bool:
    """Whether a declaration may name it: what is offered for files, by whichever of its names, and ASCII."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return False
    return name in {codecs.lookup(value).name for value, _ in ENCODINGS} | {"ascii"}


def _recoded(file: Source, encoding: str) -> Source:
    return Source(file.name, file.open, size=file.size, encoding=encoding)


def _require_no_entities(root: etree._Element) -> None:
    """Entities are never put in; a file whose meaning hangs on them would be read wrongly."""
    from lxml import etree

    declarations = root.getroottree().docinfo.internalDTD
    if declarations is not None and any(declarations.iterentities()):  # type: ignore[attr-defined]
        raise BadText("The file declares entities, which are not read. Save it with the characters in place.")
    for one in root.iter(etree.Entity):
        raise BadText(f"{one.text} is not read. Save the file with the character in place.", line_of(one))


def _reason(error: etree.XMLSyntaxError) -> str:
    if error.code == _RESOURCE_LIMIT:  # type: ignore[attr-defined]
        return "The XML is nested too deeply, or one text, value or declaration in it is too large."
    return f"This is not XML: {_PLACE.sub('', str(error.msg))[:200]}."
