"""TEI: documents as editors of newspapers encode them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.base import ParsedArticle
from tests.articles.formats.builders import problems, read, read_articles
from tests.articles.formats.standoff_files import TEI_NAMESPACE, make_tei


def read_one(body: str, beside: str = "") -> ParsedArticle:
    (article,) = read_articles("a.xml", make_tei(body, beside=beside))
    return article


def labelled(article: ParsedArticle) -> list[tuple[str, str]]:
    return [(span.surface(article.text), span.label) for span in article.spans]


def test_names_are_spans_and_the_header_is_the_article() -> None:
    article = read_one(
        """<p>On <date when="1911-05-29">Monday</date> <persName ref="#mq" cert="high">Mara Quist</persName>
           of the <orgName key="Q42"><placeName>Bergen</placeName> Ferry Co.</orgName> met
           <rs type="person" subtype="official">the mayor</rs> and <name>Fram</name>.<persName/></p>"""
    )
    assert article.text == ("On Monday Mara Quist of the Bergen Ferry Co. met the mayor and Fram.")
    assert labelled(article) == [
        ("Monday", "date"),
        ("Mara Quist", "persName"),
        ("Bergen Ferry Co.", "orgName"),
        ("Bergen", "placeName"),
        ("the mayor", "person"),
        ("Fram", "name"),
    ]
    assert [span.attributes for span in article.spans] == [
        {"when": "1911-05-29"},
        {"link": "#mq", "cert": "high"},
        {"link": "Q42"},
        {},
        {"subtype": "official"},
        {},
    ]
    assert (article.title, article.byline, article.source) == (
        "Ferries to Bergen",
        "M. Quist",
        "The Harbour Post",
    )
    assert (article.published_on, article.language) == (date(1911, 5, 30), "en")
    assert article.dropped == {"empty spans": 1}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One\n   two</p>\n\n<p> three </p>", "One two\n\nthree"),
        ("<head>Title</head><p>One</p><div><head>Two</head><p>x</p></div>", "Title\n\nOne\n\nTwo\n\nx"),
        ("<lg><l>One</l>\n<l>two</l></lg><lg><l>three</l></lg>", "One\ntwo\n\nthree"),
        ("<list><item>a</item><item>b</item></list>", "a\nb"),
        ("<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table>", "a\tb\nc"),
        ("<p>One<lb/>two <pb n='2'/> three</p>", "One two three"),
        ('<p>Bun\n<lb break="no"/>\n desrat met</p>', "Bundesrat met"),
        ("<p>A <hi>b</hi>c <hi> d</hi>.</p>", "A bc d."),
        ("<p>a\u00a0b\u2028c</p>", "a\u00a0b\u2028c"),
        ("<p>a<note>1: see b</note> c<fw>page 2</fw></p>", "a c"),
        ("<p><choice><sic>teh</sic><corr>the</corr></choice> <choice><abbr>Mr</abbr></choice></p>", "the Mr"),
        ("<p><choice><orig>olde</orig><reg>old</reg></choice> <sic>sea</sic> <del>x</del></p>", "old sea"),
        ("<p><app><lem>a</lem><rdg>b</rdg></app> <supplied>c</supplied></p>", "a c"),
        ("<p>a <!-- no --><?no?>b</p>", "a b"),
    ],
)
def test_how_text_flows(body: str, text: str) -> None:
    assert read_one(body).text == text


def test_a_span_has_no_white_space_at_its_ends() -> None:
    article = read_one("<p>to <persName>\n  Mara <lb/> Quist\n </persName> now</p>")
    assert labelled(article) == [("Mara Quist", "persName")]
    assert article.text == "to Mara Quist now"


STANDOFF = """<standOff><spanGrp type="entity">
  <span target="#w1 #w2" type="PER"/>
  <span target="#w1 #w4">odd</span>
  <span from="#a" to="#b" ana="#ORG"/>
  <span from="#w4"/>
  <span target="#w9"/><span from="#b" to="#a"/><span target="#string-range(w1,0,2)"/>
</spanGrp></standOff>"""


def test_spans_beside_the_text() -> None:
    words = (
        '<p><w xml:id="w1">Mara</w> <w xml:id="w2">Quist</w> of '
        '<anchor xml:id="a"/>Nord <w xml:id="w4">Co</w><anchor xml:id="b"/>.</p>'
    )
    article = read_one(words, STANDOFF)
    assert article.text == "Mara Quist of Nord Co."
    assert labelled(article) == [
        ("Mara Quist", "PER"),
        ("Mara ... Co", "odd"),
        ("Nord Co", "ORG"),
        ("Co", "entity"),
    ]
    assert article.dropped == {"spans that point to no place in the text": 3}


def test_relations_between_names() -> None:
    relations = """<standOff><listRelation>
      <relation name="leads" active="#m" passive="#f"/><relation active="#m" passive="#x"/>
    </listRelation></standOff>"""
    article = read_one(
        '<p><persName xml:id="m">Mara</persName> <orgName xml:id="f">Fram</orgName></p>', relations
    )
    ids = [span.id for span in article.spans]
    assert [(one.source, one.type, one.target) for one in article.relations] == [(ids[0], "leads", ids[1])]
    assert article.dropped == {"relations whose ends are no spans": 1}


def test_a_corpus_is_several_articles() -> None:
    one, two, none = (
        make_tei("<p>One</p>"),
        make_tei("<p>Two</p>", header=""),
        b'<TEI xmlns="%s"/>' % TEI_NAMESPACE.encode(),
    )
    content = b'<teiCorpus xmlns="%s">\n%s\n%s\n%s</teiCorpus>' % (TEI_NAMESPACE.encode(), one, two, none)
    found = read("a.xml", content)
    articles = [article for article in found if isinstance(article, ParsedArticle)]
    assert [(article.text, article.line) for article in articles] == [("One", 2), ("Two", 11)]
    assert problems(found) == [("a.xml", 14, "There is no text in this TEI document.")]


def test_older_tei_has_no_namespace() -> None:
    (article,) = read_articles("a.tei", make_tei("<p><persName>Mara</persName></p>", namespace=""))
    assert labelled(article) == [("Mara", "persName")]
    (article,) = read_articles("a.xml", b"<TEI.2><text><body><p>One</p></body></text></TEI.2>")
    assert article.text == "One"


_bodies = st.recursive(
    st.sampled_from(["a", " ", "\n b", "<lb/>", '<lb break="no"/>', "<note>x</note>", "<persName/>"]),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["p", "persName", "l", "cell", "hi", "choice"]),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=20,
)


@given(_bodies)
def test_text_never_begins_or_ends_with_white_space_nor_do_spans(body: str) -> None:
    for found in read("a.xml", make_tei(f"<p>x{body}</p>")):
        assert isinstance(found, ParsedArticle)
        assert found.text == found.text.strip()
        assert "\n\n\n" not in found.text
        for span in found.spans:
            words = span.surface(found.text)
            assert words == words.strip() != ""
