"""XML of every kind of ill will: parsed safely, or refused with the line."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.common.source import Source
from articles.formats.common.text import BadText
from articles.formats.common.xml import local_name, parse_xml

LAUGHS = b"""<!DOCTYPE a [<!ENTITY l0 "ha">
%s]>
<a>&l9;</a>""" % b"\n".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


def parse(content: bytes, encoding: str = "utf-8") -> str:
    return "".join(map(str, parse_xml(Source.of("a.xml", content, encoding)).itertext()))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<a>x &amp; &#233;<b/> <![CDATA[<c>]]></a>", "x & é <c>"),
        (b"<a>one<!-- no -->two<?no?>three</a>", "onetwothree"),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?><a>\xc3\xa9</a>", "é"),
        ('<?xml version="1.0" encoding="UTF-16"?><a>é😀</a>'.encode("utf-16"), "é😀"),
        ('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode(), "é"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"), "é"),
        ('<?xml version="1.0" encoding="windows-1252"?><a>“é”</a>'.encode("cp1252"), "“é”"),
        (b'<!DOCTYPE TEI SYSTEM "http://example.com/tei.dtd"><TEI>x</TEI>', "x"),
        (b"<!DOCTYPE a [<!ELEMENT a ANY>]><a>x</a>", "x"),
    ],
)
def test_what_is_read(content: bytes, text: str) -> None:
    assert parse(content) == text


def test_the_encoding_that_was_chosen_is_the_one() -> None:
    assert parse('<?xml version="1.0" encoding="UTF-8"?><a>д</a>'.encode("cp1251"), "cp1251") == "д"


def test_a_name_without_its_namespace() -> None:
    assert local_name(parse_xml(Source.of("a.xml", b'<t:a xmlns:t="urn:x"/>'))) == "a"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "not XML"),
        (b"<a>\n<b></a>", 2, "not XML"),
        (b"<a>\n\n&nbsp;</a>", 3, "not XML"),
        (b"<a>x\n\xff</a>", 2, "0xFF"),
        (b"<a>x\0</a>", 1, "NUL"),
        (b"<a>&#0;</a>", 1, "not XML"),
        (b"<a>&#xD800;</a>", 1, "not XML"),
        (b"<?xml version='1.0' encoding='rot13'?><a/>", 1, "'rot13'"),
        (b"<?xml version='1.0' encoding='iso-8859-99'?><a/>", 1, "iso-8859-99"),
        (LAUGHS, 1, "too large"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a/>', None, "entities"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', None, "entities"),
        (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.com/x">%x;]><a/>', None, "entities"),
        (b'<!DOCTYPE a SYSTEM "a.dtd"><a>\n&nbsp;</a>', 2, "&nbsp; is not read"),
        (b"<a>" * 300 + b"</a>" * 300, 1, "too deeply"),
        (b"<a>" + b"x" * 10_500_000 + b"</a>", 1, "too large"),
        (b'<a b="' + b"x" * 10_500_000 + b'"/>', 1, "too large"),
        (b"<a>" + b"<b/>" * 1_000_001 + b"</a>", None, "1,000,000 elements"),
        (b"<b " + b" ".join(b'a%d=""' % n for n in range(1_000_001)) + b"/>", None, "1,000,000 elements"),
        (
            b'<!DOCTYPE a [<!ATTLIST b x CDATA "%s">]><a>%s</a>' % (b"y" * 10_000, b"<b/>" * 20_000),
            1,
            "too large",
        ),
    ],
)
def test_what_is_refused(content: bytes, line: int | None, reason: str) -> None:
    with pytest.raises(BadText) as refused:
        parse(content)
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 300
    assert refused.value.line == line


PIECES = [b"<a>", b"</a>", b"<!DOCTYPE a [", b"<!ENTITY x 'y'>", b"]>", b"&x;", b"<?xml", b"<!--"]


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=12).map(b"".join))
def test_any_bytes_are_parsed_or_refused(content: bytes) -> None:
    with suppress(BadText):
        parse(content)
