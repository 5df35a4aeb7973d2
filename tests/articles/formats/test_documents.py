"""Web pages, feeds, Word files and PDF become articles by stated rules."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from html import escape

import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats import read_upload
from articles.formats.base import ParsedArticle
from articles.formats.common.source import Source
from articles.formats.html import HtmlReader
from tests.articles.formats.builders import make_zip, problems, read, read_articles
from tests.articles.formats.documents import assembled, make_docx, make_pdf, pdf_stream

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Rain | The Herald</title>
<meta property="og:site_name" content="The Herald"><meta name="author" content="Mara Ibsen">
<meta property="article:published_time" content="2024-05-30T01:30:00+05:00">
<link rel="canonical" href="https://herald.example/2024/rain"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Rain in Leeds</h1>
<p>Mara Ibsen went to <b>Leeds</b>
on Thursday, where the rain had not stopped for nine days.</p>
<p>می\u200cخواهم کتاب\u200cها را بخوانم. Family: 👨\u200d👩\u200d👧. Ten&nbsp;is &lt; eleven.</p>
<ul><li>First of two things</li><li>Second of two things</li></ul>
<table><tr><th>Name</th><th>Town</th></tr><tr><td>Ida</td><td>York</td></tr></table>
<p>One line<br>and the next</p></article>
<footer>Copyright 1999 The Herald</footer><script>var x = "script";</script></body></html>"""


def test_the_main_text_of_a_page() -> None:
    (article,) = read_articles("rain.html", PAGE.encode())
    assert article.text.split("\n") == [
        "Rain in Leeds",
        "Mara Ibsen went to Leeds on Thursday, where the rain had not stopped for nine days.",
        "می\u200cخواهم کتاب\u200cها را بخوانم. Family: 👨\u200d👩\u200d👧. Ten is < eleven.",
        "First of two things",
        "Second of two things",
        "Name\tTown",
        "Ida\tYork",
        "One line",
        "and the next",
    ]
    assert (article.title, article.byline, article.source) == ("Rain in Leeds", "Mara Ibsen", "The Herald")
    assert (article.published_on, article.language) == (date(2024, 5, 30), "en-GB")
    assert article.url == "https://herald.example/2024/rain"
    assert article.metadata == {"file": "rain.html"}


def test_a_date_is_not_taken_out_of_the_text() -> None:
    page = (
        "<html><body><article><p>On 3 March 1999 she went to Leeds, and stayed.</p></article></body></html>"
    )
    (article,) = read_articles("a.html", page.encode())
    assert article.published_on is None


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a", "a.txt"])
def test_a_page_is_known_by_its_content(name: str) -> None:
    assert read_articles(name, PAGE.encode())[0].title == "Rain in Leeds"


RUSSIAN = '<html><head><meta charset="{}"></head><body><article><p>Мария приехала в Алматы.</p></article>'


@pytest.mark.parametrize(
    ("declared", "written", "read_as"),
    [
        ("windows-1251", "windows-1251", "windows-1251"),
        ("KOI8-R", "koi8-r", "koi8-r"),
        ("windows-1251", "utf-8", None),
        ("iso-8859-1", "utf-8", None),
        ("nonsense", "utf-8", None),
        ("utf-8", "utf-16", "utf-16"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(declared: str, written: str, read_as: str | None) -> None:
    (article,) = read_articles("a.html", RUSSIAN.format(declared).encode(written))
    assert article.text == "Мария приехала в Алматы."
    assert article.metadata.get("encoding") == read_as


def test_latin_1_is_what_browsers_take_it_for() -> None:
    page = RUSSIAN.format("iso-8859-1").replace("Мария приехала в Алматы.", "“Fünf” – said Zoë.")
    (article,) = read_articles("a.html", page.encode("windows-1252"))
    assert article.text == "“Fünf” – said Zoë."


def test_japanese_in_seven_bits_is_not_taken_for_utf8() -> None:
    page = RUSSIAN.format("iso-2022-jp").replace("Мария приехала в Алматы.", "東京で会議が開かれた。")
    assert read_articles("a.html", page.encode("iso2022_jp"))[0].text == "東京で会議が開かれた。"


def test_what_is_neither_utf8_nor_declared_is_refused_with_what_it_looks_like() -> None:
    page = RUSSIAN.format("nonsense").replace("Алматы.", "Алматы и встретилась с министром." * 9)
    ((_, line, reason),) = problems(read("a.html", page.encode("windows-1251")))
    assert line == 1
    assert "looks like windows-1251" in reason


def test_a_page_saved_with_its_pictures() -> None:
    content = make_zip(**{"Rain__html": PAGE.encode(), "Rain_files/x__js": b"x", "Rain_files/y/z__txt": b"z"})
    assert [one.file for one in read_articles("a.zip", content)] == ["Rain.html"]


MHTML = f"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://herald.example/2024/rain\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="--x"\r
\r
----x\r
Content-Type: text/html\r
Content-Transfer-Encoding: 8bit\r
Content-Location: https://herald.example/saved\r
\r
{PAGE}\r
----x\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0K\r
----x--\r
"""


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a"])
def test_a_page_saved_as_one_file(name: str) -> None:
    (article,) = read_articles(name, MHTML.encode())
    assert article.text.startswith("Rain in Leeds\nMara Ibsen went")
    assert article.url == "https://herald.example/2024/rain"


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- written by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Herald</title><link>https://herald.example</link><language>en-gb</language>
<item><title>Rain &amp; wind</title><link>https://herald.example/1</link>
 <guid isPermaLink="false">h-1</guid><pubDate>Thu, 30 May 2024 01:30:00 +0500</pubDate>
 <dc:creator>Mara Ibsen</dc:creator><category>Weather</category><category>Leeds</category>
 <description>Short.</description>
 <content:encoded><![CDATA[<p>It <b>rained</b> on&nbsp;Leeds.</p><script>x</script><p>5 &lt; 6</p>
]]></content:encoded></item>
<item><title>Plain</title><description>Ten &lt; eleven,
and a&lt;b.</description></item>
<item><title>Only a title</title><guid>h-3</guid></item>
</channel></rss>"""


def test_rss() -> None:
    found = read("a.xml", RSS.encode())
    full, plain = (one for one in found if isinstance(one, ParsedArticle))
    assert full.text == "It rained on\xa0Leeds.\n5 < 6"
    assert full.metadata == {"file": "a.xml", "categories": ["Weather", "Leeds"]}
    assert (full.title, full.byline, full.source) == ("Rain & wind", "Mara Ibsen", "The Herald")
    assert (full.published_on, full.language) == (date(2024, 5, 30), "en-gb")
    assert (full.url, full.external_id) == ("https://herald.example/1", "h-1")
    assert (plain.text, plain.line) == ("Ten < eleven,\nand a<b.", 12)
    assert plain.metadata == {"file": "a.xml", "text_is": "summary"}
    assert problems(found) == [("a.xml", 14, "This entry has no text, only what is around it.")]


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="html">A &amp;amp; B</title>
<entry><title>Eins</title><id>tag:example.org,2024:1</id><updated>2024-05-30T23:30:00-05:00</updated>
<author><name>Bo</name></author><author><name>Ada</name></author><link href="https://example.org/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ein Satz.</p>
<p>Noch einer.</p></div></content></entry>
<entry><title>Zwei</title><id>2</id><published>2023-01-02</published><updated>2024-01-01</updated>
<summary>Kein &lt;b&gt; hier</summary></entry></feed>"""


@pytest.mark.parametrize("name", ["a.xml", "a.atom", "a.rss", "a"])
def test_atom(name: str) -> None:
    one, two = read_articles(name, ATOM.encode())
    assert (one.text, one.byline, one.language) == ("Ein Satz.\nNoch einer.", "Bo, Ada", "de")
    assert (one.source, one.url) == ("A & B", "https://example.org/1")
    assert (one.published_on, one.external_id) == (date(2024, 5, 30), "tag:example.org,2024:1")
    assert (two.text, two.published_on, two.url) == ("Kein <b> hier", date(2023, 1, 2), "")


RSS_10 = """<?xml version="1.0" encoding="windows-1251"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org"><title>Вести</title></channel>
<item rdf:about="https://example.org/1"><title>Дождь</title><link>https://example.org/1</link>
<description>Мария приехала в Алматы.</description><dc:date>2024-05-30</dc:date></item></rdf:RDF>"""
RSS_091 = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://example.org/rss.dtd">
<rss version="0.91"><channel><title>Old</title><item><title>A</title><description>It rained.</description>
</item></channel></rss>"""
RSS_090 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Older</title></channel>
<item><title>A</title><link>https://example.org/1</link><description>It rained.</description></item>
</rdf:RDF>"""


def test_older_feeds() -> None:
    (article,) = read_articles("a.xml", RSS_10.encode("windows-1251"))
    assert (article.text, article.source) == ("Мария приехала в Алматы.", "Вести")
    assert (article.published_on, article.external_id) == (date(2024, 5, 30), "https://example.org/1")
    for feed in (RSS_091, RSS_090):
        assert [one.text for one in read_articles("a.xml", feed.encode())] == ["It rained."]


def test_an_id_that_is_too_long_is_not_cut() -> None:
    first, second = (
        read_articles("a.xml", ATOM.replace("<id>2", f"<id>{'x' * 300}{end}").encode())[1] for end in "ab"
    )
    assert len(first.external_id) < 200
    assert first.external_id != second.external_id


def report(document: Document) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = "Rain", "Mara Ibsen", "en-GB"
    properties.created = datetime(2024, 5, 30, 8, tzinfo=UTC)
    properties.keywords = "weather"
    document.add_heading("Rain in Leeds", 1)
    paragraph = document.add_paragraph("Mara\t")
    paragraph.add_run("Ibsen").bold = True
    paragraph.add_run().add_break()
    paragraph.add_run("went.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Name", "Town", "Ida\nIbsen", "York"], strict=True):
        cell.text = text
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "(inner)"
    document.add_paragraph("The end.")


def test_a_word_file() -> None:
    (article,) = read_articles("a.docx", make_docx(report))
    assert article.text.split("\n") == [
        "Rain in Leeds",
        "Mara\tIbsen",
        "went.",
        "Name\tTown",
        "Ida Ibsen\tYork (inner)",
        "The end.",
    ]
    assert (article.title, article.byline, article.language) == ("Rain", "Mara Ibsen", "en-GB")
    assert article.published_on == date(2024, 5, 30)
    assert article.metadata["keywords"] == "weather"


def test_properties_of_a_template_are_nobodys() -> None:
    (article,) = read_articles("a.docx", make_docx(lambda document: document.add_paragraph("Text")))
    assert (article.byline, article.published_on) == ("", None)


@pytest.mark.parametrize("name", ["a.docx", "a.zip", "a"])
def test_a_word_file_is_known_by_its_content(name: str) -> None:
    assert read_articles(name, make_docx(report))[0].title == "Rain"
    assert len(read_articles("all.zip", make_zip(a__docx=make_docx(report), b__txt=b"Text"))) == 2


def with_body(body: str) -> bytes:
    """A Word file with this XML in its body."""
    source, made = zipfile.ZipFile(io.BytesIO(make_docx())), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"<w:body>", f"<w:body>{body}".encode())
            archive.writestr(entry, content)
    return made.getvalue()


def test_words_in_tags_and_fields_and_changes_are_not_lost() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    body = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr>"
        f"<w:smartTag>{run.format('Mara Ibsen')}</w:smartTag><w:ins>{run.format(' went')}</w:ins>"
        f"<w:del><w:r><w:delText>ran</w:delText></w:r></w:del><w:fldSimple>{run.format(' to ')}</w:fldSimple>"
        f"<w:hyperlink>{run.format('Leeds')}</w:hyperlink><w:r><w:noBreakHyphen/></w:r>"
        f"<w:sdt><w:sdtContent>{run.format('North')}</w:sdtContent></w:sdt>"
        f"<w:moveFrom>{run.format('gone')}</w:moveFrom><w:r><w:footnoteReference/></w:r>"
        f"<w:r><w:pict><w:txbxContent><w:p>{run.format('box')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    (article,) = read_articles("a.docx", with_body(body))
    assert article.text == "Mara Ibsen went to Leeds\u2011North"
    assert article.dropped == {"footnotes": 1, "text boxes": 1}


def test_how_a_word_is_read_is_not_written_into_it() -> None:
    base, above = (f"<w:r><w:t>{text}</w:t></w:r>" for text in ("東京", "とうきょう"))
    body = f"<w:p><w:r><w:ruby><w:rt>{above}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r></w:p>"
    assert read_articles("a.docx", with_body(body))[0].text == "東京"


# What XML may hold, without what makes lines and cells.
SIGNS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"
)
PARAGRAPHS = st.lists(st.text(SIGNS), min_size=1)


@given(PARAGRAPHS)
@settings(deadline=None, max_examples=25)
def test_paragraphs_of_a_word_file_come_back_exact(paragraphs: list[str]) -> None:
    def build(document: Document) -> None:
        for one in paragraphs:
            document.add_paragraph(one)

    text = "\n".join(paragraphs).strip("\n")
    found = read("a.docx", make_docx(build))
    assert [one.text for one in found if isinstance(one, ParsedArticle)] == ([text] if text.strip() else [])


@given(PARAGRAPHS)
@settings(deadline=None)
def test_plain_text_of_a_feed_comes_back_exact(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="text">'
        f"{escape(text)}</content></entry></feed>"
    )
    found = read("a.atom", feed.encode())
    expected = [text.strip()] if text.strip() else []
    assert [one.text for one in found if isinstance(one, ParsedArticle)] == expected


def test_sizes_and_times_are_bounded() -> None:
    reader = HtmlReader()
    (found,) = reader.read(Source("a.html", lambda: io.BytesIO(b"x" * (reader.max_bytes + 1)), size=10))
    assert "at most 16 MB" in str(found)
    reader._seconds_left = -1
    (found,) = reader.read(Source.of("a.html", PAGE.encode()))
    assert "took 30 minutes" in str(found)


def test_a_pdf() -> None:
    info = "/Title (Rain) /Author (Mara Ibsen) /CreationDate (D:20240530080000+05'00')"
    (article,) = read_articles(
        "a.pdf", make_pdf("Rain in Leeds\nMara (Zoë) went.", "", "The end.", info=info)
    )
    assert article.text == "Rain in Leeds\nMara (Zoë) went.\n\nThe end."
    assert (article.title, article.byline, article.published_on) == ("Rain", "Mara Ibsen", None)
    assert article.metadata == {
        "file": "a.pdf",
        "creation_date": "2024-05-30 08:00:00+05:00",
        "pages": 3,
        "pages_without_text": [2],
    }
    assert article.dropped == {"pages without text": 1}


def test_signs_of_a_pdf_that_are_no_characters_are_replaced_and_counted() -> None:
    mapping = (
        b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"3 beginbfchar <0041> <D800> <0042> <0000> <0043> <0043> endbfchar endcmap"
    )
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 7 0 R >>"
    page = b"<< /Type /Page /Parent 2 0 R /Contents 6 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
    content = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            b"<< >>",
            font,
            page,
            pdf_stream(b"BT /F1 12 Tf <004100420043> Tj ET"),
            pdf_stream(mapping),
        ]
    )
    (article,) = read_articles("a.pdf", content)
    assert article.text == "\ufffd\ufffdC"
    assert article.dropped == {"signs that are no characters": 2}


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251", "gb18030"])
def test_files_that_are_no_text_do_not_mind_the_encoding_chosen(encoding: str) -> None:
    for content in (make_pdf("Text"), make_docx(report)):
        (article,) = read_upload(Source.of("a", content, encoding))
        assert not problems([article])
