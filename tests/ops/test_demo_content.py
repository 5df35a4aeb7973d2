from __future__ import annotations

import unicodedata

import pytest

from annotator.ops.demo import DemoArticle, MarkupError, load_articles, parse_links, parse_markup
from annotator.ops.demo.readings import read_by_people
from annotator.ops.demo_project import as_parsed
from annotator.schemas.ready import ready_templates
from articles.domain.layers.state import problem_with_ends
from articles.domain.measures.f_measure import Agreement, f1
from articles.domain.spans import Meeting, meeting

ARTICLES = load_articles()
GOLD = [article for article in ARTICLES if article.gold]


def test_there_is_enough_in_every_language() -> None:
    assert len(ARTICLES) >= 24
    assert len(GOLD) >= 10
    assert {article.language for article in ARTICLES} >= {"en", "kk", "ru", "tr", "ar", "zh"}
    assert len(ARTICLES[-1].text.split()) >= 20_000


def test_emoji_and_combining_marks_are_there() -> None:
    text = "".join(article.text for article in ARTICLES)
    assert "\u200d" in text
    assert any(unicodedata.combining(character) for character in text)


@pytest.mark.parametrize("article", GOLD, ids=lambda article: article.slug)
def test_gold_fits_the_newsroom_schema(article: DemoArticle) -> None:
    labels = ready_templates()["newsroom"].definition.active_names
    assert article.spans
    for span in article.spans:
        surface = article.text[span.start : span.end]
        assert span.label in labels
        assert surface == surface.strip()
    for first in article.spans:
        for second in article.spans:
            if first is not second:
                how = meeting(first.start, first.end, second.start, second.end)
                assert how in (Meeting.APART, Meeting.NESTED)


@pytest.mark.parametrize("article", GOLD, ids=lambda article: article.slug)
def test_links_fit_the_newsroom_schema(article: DemoArticle) -> None:
    types = ready_templates()["newsroom"].definition.relations_by_name
    labels = {span.name: span.label for span in article.spans if span.name}
    for link in article.links:
        assert problem_with_ends(types[link.type], labels[link.source], labels[link.target]) is None


def test_newcomers_find_relations_and_a_chain_of_three() -> None:
    linked = [article for article in GOLD if article.links]
    assert {link.type for article in linked for link in article.links} >= {"COREF", "SPEAKER_OF", "TITLE_OF"}
    assert any(
        one.type == other.type == "COREF" and one.target == other.source
        for article in linked
        for one in article.links
        for other in article.links
    )


def test_names_in_the_markup_are_linked_one_with_the_next() -> None:
    _, spans = parse_markup("⟦PERSON#a|A⟧ ⟦PERSON#b|B⟧ ⟦PERSON#c|C⟧")
    links = parse_links("COREF a b c; PART_OF c a", spans)
    assert [(one.type, one.source, one.target) for one in links] == [
        ("COREF", "a", "b"),
        ("COREF", "b", "c"),
        ("PART_OF", "c", "a"),
    ]
    for broken in ("COREF a", "COREF a nobody"):
        with pytest.raises(MarkupError, match="must name"):
            parse_links(broken, spans)


def test_markup_becomes_offsets_of_the_plain_text() -> None:
    text, spans = parse_markup("👩‍🔧 ⟦ORG|University of ⟦GPE|Leeds⟧⟧.")
    assert text == "👩‍🔧 University of Leeds."
    assert [(text[span.start : span.end], span.label) for span in spans] == [
        ("University of Leeds", "ORG"),
        ("Leeds", "GPE"),
    ]


@pytest.mark.parametrize("source", ["⟦ORG|a", "a⟧", "⟦ORG|⟧", "⟦a⟧", "⟦org|a⟧"])
def test_broken_markup_names_its_line(source: str) -> None:
    with pytest.raises(MarkupError, match="Line 2"):
        parse_markup("first\n" + source)


def test_two_people_read_most_of_it_alike_and_some_of_it_not() -> None:
    total = Agreement()
    for one in GOLD:
        readings = read_by_people(as_parsed(one))
        for reading in readings:
            kept = {span.id for span in reading.spans}
            assert all({link.source, link.target} <= kept for link in reading.relations)
        total.add([{(s.start, s.end, s.label, ()) for s in reading.spans} for reading in readings])
    assert 0.75 < f1(total.common.total(), total.marked.total(), 0) < 0.95
