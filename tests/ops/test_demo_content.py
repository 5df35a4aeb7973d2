from __future__ import annotations

import unicodedata

import pytest

from annotator.ops.demo import DemoArticle, MarkupError, load_articles, parse_markup
from annotator.schemas.ready import ready_templates
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
