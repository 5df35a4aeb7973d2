"""Web pages, feeds, Word files, PDF, archives and encodings that are broken, false or hostile."""

from __future__ import annotations

import gzip
import io
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats import read_upload
from articles.formats.base import ParsedArticle, Problem, Reader
from articles.formats.common.source import Source
from articles.formats.docx import DocxReader
from articles.formats.feeds import FeedReader
from articles.formats.html import HtmlReader
from articles.formats.mhtml import MhtmlReader
from articles.formats.pdf import PdfReader
from tests.articles.formats.builders import make_zip, problems, read
from tests.articles.formats.documents import assembled, make_docx, make_pdf, pdf_stream, shown
from tests.articles.formats.test_documents import ATOM, MHTML, PAGE, RSS, report


def page(body: str = "", head: str = "") -> bytes:
    return f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>{body}</body></html>".encode()


def feed(items: str, before: str = "") -> bytes:
    return f'{before}<rss version="2.0"><channel>\n<title>T</title>\n{items}</channel></rss>'.encode()


def item(description: str) -> str:
    return f"<item><description>{description}</description></item>\n"


def word(**parts: bytes | None) -> bytes:
    """A Word file with other parts in place of its own; `__` stands for `/`, None leaves one out."""
    given = {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    source, made = zipfile.ZipFile(io.BytesIO(make_docx())), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            content = given.get(entry.filename, source.read(entry))
            if content is not None:
                archive.writestr(entry.filename, content)
    return made.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def body(content: str, before: str = "") -> bytes:
    xml = f'{before}<w:document xmlns:w="{W}"><w:body>{content}</w:body></w:document>'
    return word(word__document=xml.encode())


def pdf(content: bytes, *, kids: str = "[5 0 R]", page: str = "/Contents 6 0 R") -> bytes:
    """One page, whose content is object 6."""
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids {kids} /Count 1 >>".encode(),
            b"<< >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            f"<< /Type /Page /Parent 2 0 R {page} /Resources << /Font << /F1 4 0 R >> >> >>".encode(),
            content,
        ]
    )


def packed(content: bytes) -> bytes:
    return pdf_stream(zlib.compress(content, 9), "/Filter /FlateDecode")


ENCRYPTED = (
    f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O ({'o' * 32}) /U ({'u' * 32}) /P -4 >>"
)


def patched(content: bytes, header: bytes, at: int, to: bytes) -> bytes:
    """With other bytes at this place behind the last of these headers."""
    place = content.rindex(header) + at
    return content[:place] + to + content[place + len(to) :]


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
ZIP = make_zip(a__txt=b"Hello world, hello world, hello.")


def with_flag(content: bytes, bit: int) -> bytes:
    flag = struct.pack("<H", bit)
    return patched(patched(content, CENTRAL, 8, flag), LOCAL, 6, flag)


def link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def tar(name: str = "a.txt") -> bytes:
    return name.encode().ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0") + b"\0" * 1024


PICTURE = (
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"
    b"<content type='image/png'>iVBORw0=</content></entry></feed>"
)
RUSSIAN = "Мария Иванова приехала в Алматы в четверг и встретилась с министром. "
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = 3_000

CASES: list[tuple[str, bytes, int | None, str]] = [
    # --- web pages
    ("a.html", page(), None, "no main text"),
    ("a.html", b"<html", None, "no main text"),
    ("a.html", b"\n \n", None, "no main text"),
    ("a.html", page("<script>var text = 'of no page'</script>"), None, "no main text"),
    ("a.html", b"<html><frameset><frame src='a.html'></frameset></html>", None, "no main text"),
    ("a.html", page("<div>" * DEEP + "Text" + "</div>" * DEEP), None, "nested too deeply"),
    ("a.html", page("<b>" * 100_000), None, "nested too deeply"),
    ("a.html", page("<p>" * 400_001), None, "400,000 elements"),
    ("a.html", page("<p " + "a=1 " * 400_001), None, "400,000 elements"),
    ("a.html", page("<p>" + "Words of text. " * 70_000), None, "at most 1,000,000"),
    ("a.html", page("<p>One\0two</p>"), 3, "NUL"),
    ("a.html", page("<p>Ein M") + b"\xe4dchen", 3, "0xE4 is not UTF-8"),
    ("a.html", page("<p>" + RUSSIAN).decode().encode("windows-1251"), 3, "looks like windows-1251"),
    ("a.html", page("<p>M", '<meta charset="windows-1251">') + b"\n\x98", 4, "0x98 is not windows-1251"),
    ("a.html", page("<p>M", '<meta charset="utf-7">') + b"+AOQ-\xe4", 3, "0xE4 is not UTF-8"),
    ("a.html", page("Text").decode().encode("utf-16-le"), 1, "UTF-16 little endian"),
    ("a.html", b"\xff\xfe" + page("Text").decode().encode("utf-16-le") + b"\0", 3, "not utf-16"),
    ("a", page("<p>" * 400_001), None, "400,000 elements"),
    ("a.mhtml", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nText", None, "no page"),
    ("a.mhtml", MHTML.split("<!DOCTYPE")[0].encode(), None, "no main text"),
    ("a.mhtml", MHTML.replace("text/html\r", "text/css\r").encode(), None, "no page"),
    ("a.mhtml", b"\xff\xfe\0\0", None, "no page"),
    # --- feeds
    ("a.rss", b"Text", 1, "not XML"),
    ("a.rss", feed(item("Text"))[:-3], 4, "not XML"),
    ("a.xml", feed(item("Tom & Mary")), 3, "not XML"),
    ("a.xml", feed(item("Text&nbsp;more")), 3, "not XML"),
    ("a.xml", feed(item("&c;"), LAUGHS), None, "entities"),
    ("a.xml", feed(item("&a;"), OUTSIDE), None, "entities"),
    ("a.xml", feed("<x>" * DEEP), 3, "nested too deeply"),
    ("a.xml", feed(""), None, "no entry"),
    ("a.xml", feed("<item><title>Only this</title></item>"), 3, "no text"),
    ("a.xml", feed(item("&lt;img src='a.png'&gt;")), 3, "no text"),
    ("a.xml", feed(item("Good") + item("&lt;div&gt;" * DEEP + "deep")), 4, "nested too deeply"),
    ("a.xml", feed(item("Good") + item(" ")), 4, "no text"),
    ("a.xml", feed(item("x" * 1_000_001)), 3, "at most 1,000,000"),
    ("a.xml", feed(item("a\0b")), 3, "NUL"),
    ("a.xml", feed(item("a\x01b")), 3, "not XML"),
    ("a.xml", feed(item(RUSSIAN)).decode().encode("windows-1251"), 3, "looks like windows-1251"),
    (
        "a.xml",
        b'<?xml version="1.0" encoding="windows-1251"?>\n' + feed(item("\\")).replace(b"\\", b"\x98"),
        4,
        "0x98 is not windows-1251",
    ),
    ("a.atom", PICTURE, 1, "no text"),
    ("a.atom", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry></feed>", 1, "not XML"),
    # --- Word
    ("a.docx", b"Text", None, "not a Word file"),
    ("a.docx", make_docx(report)[:-100], None, "not a Word file"),
    ("a.docx", make_docx(), None, "text is empty"),
    ("a.docx", make_zip(a__txt=b"Text"), None, "damaged"),
    ("a.docx", word(word__document=None), None, "damaged"),
    ("a.docx", word(word__document=b"<w:document>"), None, "damaged"),
    ("a.docx", word(word__document=b""), None, "damaged"),
    ("a.docx", word(word__document=b"<a/>"), None, "damaged"),
    ("a.docx", word(**{"[Content_Types]": None}), None, "damaged"),
    ("a.docx", body("<w:p/>" * 20), None, "text is empty"),
    ("a.docx", body("<w:p>" * DEEP + "</w:p>" * DEEP), None, "damaged"),
    ("a.docx", body("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", LAUGHS), None, "empty"),
    ("a.docx", body(" " * 40_000_000), None, "trap"),
    ("a.docx", with_flag(make_docx(report), 1), None, "encrypted"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, None, "has a password"),
    # --- PDF
    ("a.pdf", b"Text", None, "damaged"),
    ("a.pdf", b"%PDF-1.7\n", None, "damaged"),
    ("a.pdf", make_pdf("Text")[:200], None, "damaged"),
    ("a.pdf", make_pdf(), None, "no page"),
    ("a.pdf", make_pdf("", ""), None, "needs OCR"),
    ("a.pdf", make_pdf("Text", trailer=ENCRYPTED), None, "encrypted"),
    ("a.pdf", pdf(pdf_stream(shown("Text")), kids="[2 0 R]"), None, "damaged"),
    ("a.pdf", pdf(pdf_stream(shown("Text")), kids="[5 0 R " * 9_000 + "]"), None, "damaged"),
    ("a.pdf", pdf(pdf_stream(shown("Text")), kids="[" + "5 0 R " * 5_001 + "]"), None, "5,000 pages"),
    ("a.pdf", pdf(packed(b"0" * 100_000_000)), None, "damaged"),
    ("a.pdf", pdf(packed(b"[" * 100_000)), None, "needs OCR"),
    ("a.pdf", pdf(b"[" * 100_000), None, "nested too deeply"),
    ("a.pdf", pdf(pdf_stream(b"\0", "/Filter /Nonsense")), None, "damaged"),
    # --- archives
    ("a.zip", link(), None, "a link"),
    ("a.zip", with_flag(ZIP, 1), None, "encrypted"),
    ("a.zip", patched(ZIP, CENTRAL, 10, struct.pack("<H", 12)), None, "method"),
    ("a.zip", patched(ZIP, CENTRAL, 10, struct.pack("<H", 99)), None, "method"),
    ("a.zip", patched(ZIP, CENTRAL, 16, b"\0\0\0\0"), None, "unpacked"),
    ("a.zip", patched(ZIP, CENTRAL, 24, struct.pack("<I", 5)), None, "unpacked"),
    ("a.zip", patched(ZIP, CENTRAL, 42, struct.pack("<I", 7)), None, "unpacked"),
    ("a.zip", patched(ZIP, LOCAL, 40, b"\xff\xff"), None, "unpacked"),
    ("a.zip", patched(ZIP, END, 4, struct.pack("<HH", 2, 2)), None, "one part of several"),
    ("a.zip", patched(ZIP, END, 12, struct.pack("<I", 2**31)), None, "list of files"),
    ("a.zip", with_flag(ZIP, 0x800).replace(b"a.txt", b"\xff.txt"), None, "marked as UTF-8"),
    ("a.zip", make_zip(**{"x" * 1_001: b"Text"}), None, "1,000 characters"),
    ("a.zip", make_zip(**{"__DS_Store": b"x", "a/Thumbs__db": b"x"}), None, "no file"),
    ("a.zip", make_zip(a__docx=b"Text"), None, "not a Word file"),
    ("a.zip", make_zip(a__html=page()), None, "no main text"),
    ("a.zip", make_zip(a__gz=gzip.compress(b"Text")), None, "within an archive"),
    ("a.zip", make_zip(a__txt=ZIP), None, "within an archive"),
    ("a.zip", make_zip(a__tar=tar()), None, "tar archive"),
    ("a.zip", make_zip(**{"xl/workbook__xml": b"<a/>"}), None, "Excel"),
    ("a.odt", make_zip(**{"mimetype": b"x", "META-INF/manifest__xml": b"<a/>"}), None, "OpenDocument"),
    ("a.z01", b"PK\x07\x08" + ZIP[:50], None, "not a zip"),
    ("a.gz", b"\x1f\x8b", None, "unpacked"),
    ("a.gz", b"Text", None, "unpacked"),
    ("a.txt.gz", gzip.compress(b"Text")[:-4], None, "unpacked"),
    ("a.txt.gz", gzip.compress(b"0" * 2**22), None, "larger than it may be"),
    ("a.txt.gz", gzip.compress(b""), None, "empty"),
    ("a.txt.gz", gzip.compress(b"one\n\xff"), 2, "0xFF"),
    ("a.tgz", gzip.compress(tar()), None, "tar archive"),
    ("a.tar", tar(), None, "tar archive"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", None, "7z"),
    ("a.rar", b"Rar!\x1a\x07\x01\0", None, "RAR"),
    ("a.rtf", rb"{\rtf1 Text}", None, "RTF"),
    # --- encodings
    ("a.txt", RUSSIAN.encode("koi8-r"), 1, "looks like KOI8-R"),
    ("a.txt", b"Title\n" + RUSSIAN.encode("windows-1251"), 2, "looks like windows-1251"),
    ("a.txt", RUSSIAN.encode("cp866"), 1, "looks like DOS 866"),
    ("a.txt", RUSSIAN.encode("utf-16"), 1, "UTF-16 with a byte order mark"),
    ("a.txt", RUSSIAN.encode("utf-16-be"), 1, "UTF-16 big endian"),
    ("a.txt", b"\x00\x00\xfe\xff" + RUSSIAN.encode("utf-32-be"), 1, "UTF-32 with a byte order mark"),
    ("a.txt", "東京で木曜日に会議が開かれた。".encode("euc_jp") * 9, 1, "looks like EUC-JP"),
    ("a.txt", RUSSIAN.encode() * 3 + b"\n" + RUSSIAN.encode()[:-5] + b"\n", 2, "mend this place"),
    ("a.txt", b"a\n\xc0\x80", 2, "0xC0"),
    ("a.txt", b"a\n\xed\xa0\xbd\xed\xb8\x80", 2, "0xED"),
    ("a.txt", b"a\n\xf4\x90\x80\x80", 2, "0xF4"),
    ("a.jsonl", f'{{"text": "a"}}\n{{"text": "{RUSSIAN}"}}\n'.encode("windows-1251"), 2, "windows-1251"),
    ("a.csv", f"text\na\n{RUSSIAN}\n".encode("windows-1251"), 3, "looks like windows-1251"),
]


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"), CASES, ids=[str(n) for n in range(len(CASES))]
)
def test_malformed(name: str, content: bytes, line: int | None, reason: str) -> None:
    found = problems(read(name, content))
    assert found, "nothing was refused"
    assert reason in found[0][2]
    assert found[0][1] == line
    assert len(found[0][2]) < 300


VALID: list[tuple[Callable[[], Reader], bytes]] = [
    (HtmlReader, PAGE.encode()),
    (MhtmlReader, MHTML.encode()),
    (FeedReader, RSS.encode()),
    (FeedReader, ATOM.encode()),
    (DocxReader, make_docx(report)),
    (PdfReader, make_pdf("Rain in Leeds\nMara went.", "The end.", info="/Title (Rain)")),
    (PdfReader, pdf(packed(shown("Rain in Leeds")))),
]
NAMES = ["html", "mhtml", "rss", "atom", "docx", "pdf", "packed-pdf"]


@given(st.sampled_from(VALID), st.binary(max_size=200), st.integers(0, 100))
@settings(deadline=None)
def test_any_bytes_give_articles_or_problems(
    valid: tuple[Callable[[], Reader], bytes], content: bytes, part: int
) -> None:
    reader, whole = valid
    beginning = whole[: len(whole) * part // 100] if part % 2 else b""
    found = list(reader().read(Source.of("a", beginning + content)))
    assert found
    assert all(isinstance(one, ParsedArticle | Problem) for one in found)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, some taken out, some doubled; now and then the end is missing."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[place] = chance.choice((0, 255, chance.randrange(256)))
            case 1:
                del made[place : place + chance.randrange(1, 30)]
            case 2:
                made[place:place] = made[place : place + chance.randrange(1, 30)]
            case 3:
                made[place] ^= 1 << chance.randrange(8)
        if len(made) < 40:
            break
    return bytes(made[: chance.randrange(1, len(made))]) if chance.randrange(8) == 0 else bytes(made)


def versions(content: bytes, count: int) -> Iterator[bytes]:
    chance = random.Random(11)
    return (damaged(content, chance) for _ in range(count))


@pytest.mark.parametrize(("reader", "content"), VALID, ids=NAMES)
def test_damage_gives_articles_or_problems(reader: Callable[[], Reader], content: bytes) -> None:
    (article, *_) = reader().read(Source.of("a", content))
    assert isinstance(article, ParsedArticle), article
    for version in versions(content, 60):
        for one in reader().read(Source.of("a", version)):
            assert len(str(one)) < 300 or isinstance(one, ParsedArticle)


@pytest.mark.parametrize("name", ["a.zip", "a.jsonl.gz"])
def test_damaged_archives_give_articles_or_problems(name: str) -> None:
    lines = b'{"text": "One"}\n{"text": "Two"}\n'
    content = gzip.compress(lines) if name.endswith("gz") else make_zip(a__txt=b"Text " * 50, b__jsonl=lines)
    for version in versions(content, 400):
        assert all(isinstance(one, ParsedArticle | Problem) for one in read(name, version))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32-be", "gb18030", "iso2022_jp", "big5", "windows-1251"])
def test_damaged_text_in_any_encoding_gives_articles_or_problems(encoding: str) -> None:
    text = "\n".join(
        '{"text": "東京 Мария"}' if encoding != "windows-1251" else '{"text": "Мария"}' for _ in "abc"
    )
    for name in ("a.txt", "a.jsonl", "a.csv", "a"):
        for version in versions(text.encode(encoding, "replace"), 60):
            for one in read_upload(Source.of(name, version, encoding)):
                assert isinstance(one, ParsedArticle | Problem)
                assert isinstance(one, Problem) or "\0" not in one.text
