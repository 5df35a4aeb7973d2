"""CoNLL files written by hand, for what goes wrong in other tools."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Span
from articles.formats.base import ExportArticle
from articles.formats.conll import ConllWriter
from tests.articles.formats.builders import make_article, mark


def written(article: ExportArticle, nested: str = "outermost") -> tuple[str, dict[str, int]]:
    """The file in short: token and tag a line, sentences apart; and what was left out."""
    writer = ConllWriter(None, {"overlap": nested})
    content = b"".join(writer.write([article])).decode()
    head = "-DOCSTART- -X- O O\n\n"
    assert content.startswith(head)
    assert writer.survey([article]) == writer.report
    return content.removeprefix(head).replace(" -X- O ", " "), writer.report.dropped


def expect(text: str) -> str:
    return dedent(text).lstrip("\n")


NESTED = "Bank of Leeds paid."
BANK, LEEDS = mark(NESTED, "Bank of Leeds", "ORG"), mark(NESTED, "Leeds", "GPE")


def test_nested_outermost() -> None:
    content, dropped = written(make_article(NESTED, BANK, LEEDS))
    assert content == expect("""
        Bank B-ORG
        of I-ORG
        Leeds I-ORG
        paid O
        . O

        """)
    assert dropped == {"nested spans": 1}


def test_nested_innermost() -> None:
    content, dropped = written(make_article(NESTED, BANK, LEEDS), "innermost")
    assert content == expect("""
        Bank O
        of O
        Leeds B-GPE
        paid O
        . O

        """)
    assert dropped == {"nested spans": 1}


def test_crossing_and_equal() -> None:
    text = "North Sea Gas plc"
    article = make_article(
        text, mark(text, "North Sea", "LOC"), mark(text, "Sea Gas plc", "ORG"), mark(text, "North Sea", "GPE")
    )
    content, dropped = written(article, "longest")
    assert content == expect("""
        North O
        Sea B-ORG
        Gas I-ORG
        plc I-ORG

        """)
    assert dropped == {"crossing spans": 2}
    assert written(article)[1] == written(article, "innermost")[1] == {"crossing spans": 1, "equal spans": 1}


def test_discontinuous_relations_labels_and_attributes_are_counted() -> None:
    text = "North and South Korea"
    gap = Span(make_article(text, (0, 1, "X")).spans[0].id, 0, 21, "GPE", ((0, 5), (16, 21)))
    base = make_article(text, mark(text, "South Korea", "GPE"))
    whole = base.spans[0]
    article = ExportArticle(
        1,
        "",
        text,
        {},
        (gap, Span(whole.id, whole.start, whole.end, "GPE", (), {"mention": "name"})),
        (),
        ("a", "b"),
    )
    content, dropped = written(article)
    assert content == expect("""
        North O
        and O
        South B-GPE
        Korea I-GPE

        """)
    assert dropped == {"spans with gaps": 1, "article labels": 2, "spans' attributes": 1}


def test_cjk() -> None:
    text = "林若水在昆明说：“好。”然后走了。"
    content, _ = written(make_article(text, mark(text, "林若水", "PERSON"), mark(text, "昆明", "GPE")))
    assert content == expect("""
        林 B-PERSON
        若 I-PERSON
        水 I-PERSON
        在 O
        昆 B-GPE
        明 I-GPE
        说 O
        ： O
        “ O
        好 O
        。 O
        ” O

        然 O
        后 O
        走 O
        了 O
        。 O

        """)


def test_emoji_and_combining_marks_stay_whole() -> None:
    text = "👩‍🔧 Zoe\u0308 🇰🇿!"
    content, _ = written(make_article(text, mark(text, "Zoe\u0308", "PERSON"), mark(text, "🇰🇿", "GPE")))
    assert content == "👩‍🔧 O\nZoe\u0308 B-PERSON\n🇰🇿 B-GPE\n! O\n\n"


def test_a_span_within_an_emoji_is_cut_out() -> None:
    text = "🇰🇿"
    assert written(make_article(text, (0, 1, "GPE")))[0] == "🇰 B-GPE\n🇿 O\n\n"


def test_right_to_left() -> None:
    text = "قال مدير بنك النيل."
    content, _ = written(make_article(text, mark(text, "بنك النيل", "ORG")))
    assert content == "قال O\nمدير O\nبنك B-ORG\nالنيل I-ORG\n. O\n\n"


def test_a_span_over_a_sentence_border_joins_the_sentences() -> None:
    text = "He saw Yahoo! Inc. He left."
    content, _ = written(make_article(text, mark(text, "Yahoo! Inc", "ORG")))
    assert content == expect("""
        He O
        saw O
        Yahoo B-ORG
        ! I-ORG
        Inc I-ORG
        . O

        He O
        left O
        . O

        """)


def test_a_span_over_paragraphs_and_line_ends_of_two_kinds() -> None:
    text = "One\r\nTwo\n\nThree"
    content, _ = written(make_article(text, mark(text, "Two\n\nThree", "ORG")))
    assert content == "One O\n\nTwo B-ORG\nThree I-ORG\n\n"


@pytest.mark.parametrize(
    "text", [".", "\ufeffa", "\u200b", "a\u00a0", "\u2028a", "-DOCSTART- -X- O O", "a\x85b"]
)
def test_odd_texts_keep_four_columns(text: str) -> None:
    content = b"".join(ConllWriter().write([make_article(text)])).decode()
    rows = [line for line in content.split("\n") if line]
    assert rows[0] == "-DOCSTART- -X- O O"
    assert all(len(row.split(" ")) == 4 for row in rows)
    assert rows.count("-DOCSTART- -X- O O") == 1


def test_two_articles_are_two_documents() -> None:
    writer = ConllWriter()
    content = b"".join(writer.write([make_article("One"), make_article("Two")])).decode()
    assert content.count("-DOCSTART-") == 2
    assert writer.report.sentence() == "2 articles, 0 spans written; dropped: nothing."


def test_a_span_of_white_space_has_no_token() -> None:
    writer = ConllWriter()
    content = b"".join(writer.write([make_article("One two", (3, 4, "ORG"), (0, 4, "ORG"))])).decode()
    assert content == "-DOCSTART- -X- O O\n\nOne -X- O B-ORG\ntwo -X- O O\n\n"
    writer = ConllWriter()
    b"".join(writer.write([make_article("One two", (3, 4, "ORG"))]))
    assert (writer.report.spans_written, writer.report.dropped) == (0, {"spans of white space": 1})


def read_back(text: str, content: str) -> set[tuple[int, int, str]]:
    """Spans of a file, by finding its tokens in the text one after the other."""
    found: list[tuple[int, int, str]] = []
    place = 0
    for row in content.split("\n"):
        if row:
            token, tag = row.rsplit(" ", 1)
            start = text.index(token, place)
            assert not text[place:start].strip(), "a token was left out"
            place = start + len(token)
            if tag.startswith("B-"):
                found.append((start, place, tag[2:]))
            elif tag.startswith("I-"):
                begun, _, label = found.pop()
                assert label == tag[2:]
                found.append((begun, place, label))
    return set(found)


@given(
    st.text(st.sampled_from("ab .\n林é👩‍🔧🇰A”。!"), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12), st.sampled_from("AB")), max_size=6),
    st.sampled_from(["outermost", "innermost"]),
)
def test_every_span_that_is_kept_is_read_back_in_its_place(
    text: str, places: list[tuple[int, int, str]], nested: str
) -> None:
    spans = {(start, min(len(text), start + size), label) for start, size, label in places}
    clean = {
        one for one in spans if one[0] < one[1] and text[one[0] : one[1]] == text[one[0] : one[1]].strip()
    }
    content, dropped = written(make_article(text, *clean), nested)
    back = read_back(text, content)
    assert back <= clean
    assert len(back) + sum(dropped.values()) == len(clean)
