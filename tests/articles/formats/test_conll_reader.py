"""CoNLL in, and out again as it was."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Span
from articles.formats.base import ExportArticle, ParsedArticle
from articles.formats.common.tag_schemes import REPAIRED
from tests.articles.formats.builders import exported, problems, read, read_articles, write


def file_of(rows: str) -> bytes:
    return dedent(rows).lstrip("\n").encode()


def mentions(article: ParsedArticle) -> list[tuple[str, str]]:
    return [(article.text[one.start : one.end], one.label) for one in article.spans]


def written(articles: list[ParsedArticle], **options: str) -> bytes:
    return write("conll", *map(exported, articles), **options)[0]


FOUR_COLUMNS = file_of("""
    -DOCSTART- -X- -X- O

    Mara NNP I-NP I-PER
    Lund NNP I-NP I-PER
    visits VBZ I-VP O
    Leeds NNP I-NP I-LOC
    York NNP B-NP B-LOC
    . . O O

    She PRP I-NP O
    left VBD I-VP O

    -DOCSTART- -X- -X- O

    Brent NNP I-NP I-MISC
    rose VBD I-VP O

    """)


def test_the_layout_of_2003() -> None:
    first, second = read_articles("a.conll", FOUR_COLUMNS)
    assert first.text == "Mara Lund visits Leeds York .\nShe left"
    assert mentions(first) == [("Mara Lund", "PER"), ("Leeds", "LOC"), ("York", "LOC")]
    assert (first.line, second.line) == (3, 15)
    assert mentions(second) == [("Brent", "MISC")]
    assert first.tokens
    assert first.tokens.columns["2"][:3] == ("NNP", "NNP", "VBZ")
    assert first.tokens.sentences == (0, 6)
    assert first.tokens.layout["scheme"] == "iob1"


TWO_TABS = b"Mara\tB-person\nLund\tI-person\nwaves\tO\n\nBye\tO\n"
WITH_COMMENTS = file_of("""

    # id 4f2a domain=en
    mara _ _ B-PER
    # _ _ O
    waves _ _ O

    # id 77b1 domain=en
    # _ _ B-TAG
    leeds _ _ B-LOC
    """)
NUMBERED = b"#\thttp://example.org/1 [2024]\n1\tMara\tB-PER\tO\n2\tYork\tI-PER\tB-LOC\n\n"
FILES = {
    "2003": FOUR_COLUMNS,
    "tabs": TWO_TABS,
    "comments": WITH_COMMENTS,
    "numbered": NUMBERED,
    "crlf": TWO_TABS.replace(b"\n", b"\r\n"),
    "mixed line ends": b"a O\r\nb B-X\nc O\r\n\r\nd O\n",
    "no last line end": b"a O\nb B-X\nc O",
    "many blank lines": b"\n\n  \na O\nb B-X\n\t\n\n\nc O\n\n\n",
    "uneven spaces": b"a   O\nb  B-X \nc O\n",
    "no last docstart's article": b"-DOCSTART- O\n\na B-X\n\n-DOCSTART- O\n\n",
    "two docstarts at once": b"-DOCSTART- 1\n-DOCSTART- 2\na B-X\n-DOCSTART- 3\n\nb O\n",
    "ill-formed": b"a I-X\nb I-Y\nc B-Y\nd B-Y\ne O\nf I-X\n",
    "iobes": b"a S-X\nb B-X\nc I-X\nd E-X\ne O\n",
    "bilou": b"a U-X\nb B-X\nc I-X\nd L-X\ne O\n",
    "other scripts": "林 B-PER\n若水 I-PER\n👩‍🔧 O\n\nZoë B-PER\nقال O\n".encode(),
    "spaces in tokens": b"New York\tB-LOC\nand so on\tO\n\tB-LOC\tO\n".replace(b"\n\tB-LOC\tO\n", b"\n"),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
@pytest.mark.parametrize("sentences", ["", "1", "2"])
@pytest.mark.parametrize("spacing", ["space", "tight"])
def test_what_is_imported_is_exported_byte_for_byte(content: bytes, sentences: str, spacing: str) -> None:
    articles = read_articles("a.conll", content, "conll", sentences=sentences, spacing=spacing)
    assert written(articles) == content


def test_articles_of_two_files_stay_apart() -> None:
    (one,) = read_articles("a.conll", b"a B-X\nb O\nc O")
    (other,) = read_articles("b.conll", b"-DOCSTART- O\nd O\n")
    assert written([one, one, other]) == b"a B-X\nb O\nc O\n\na B-X\nb O\nc O\n-DOCSTART- O\nd O\n"


def test_a_changed_span_changes_only_its_rows() -> None:
    first, second = read_articles("a.conll", FOUR_COLUMNS)
    start = first.text.index("She")
    changed = (*first.spans[1:], Span(UUID(int=9), start, start + 3, "PER"))
    content = written([replace(first, spans=changed), second]).decode().split("\n")
    lines = FOUR_COLUMNS.decode().split("\n")
    assert [pair for pair in zip(lines, content, strict=True) if pair[0] != pair[1]] == [
        ("Mara NNP I-NP I-PER", "Mara NNP I-NP O"),
        ("Lund NNP I-NP I-PER", "Lund NNP I-NP O"),
        ("She PRP I-NP O", "She PRP I-NP I-PER"),
    ]


def test_spans_that_the_tokens_of_the_file_cannot_carry_are_counted() -> None:
    (article,) = read_articles("a.conll", TWO_TABS)
    assert article.text == "Mara Lund waves\nBye"
    places = [(0, 3), (0, 5), (10, 19), (10, 15)]
    spans = tuple(Span(UUID(int=number), *place, "X") for number, place in enumerate(places))
    content, report = write("conll", exported(replace(article, spans=spans)))
    assert content == b"Mara\tO\nLund\tO\nwaves\tB-X\n\nBye\tO\n"
    assert report.dropped == {"spans that do not end at a token": 2, "spans across sentences": 1}


def test_tokens_can_be_kept_in_columns_and_a_scheme_of_ones_choice() -> None:
    articles = read_articles("a.conll", FOUR_COLUMNS)
    content = written(articles[:1], tokens="tokens", columns="two", separator="tab", scheme="iobes")
    assert content == file_of("""
        -DOCSTART-\tO

        Mara\tB-PER
        Lund\tE-PER
        visits\tO
        Leeds\tS-LOC
        York\tS-LOC
        .\tO

        She\tO
        left\tO

        """)


def test_kept_tokens_are_cut_where_a_span_ends_and_where_they_hold_spaces() -> None:
    (article,) = read_articles("a.conll", b"New York\tB-LOC\nkeeps\tO\n\nso\tO\n")
    changed = replace(article, spans=(Span(UUID(int=0), 0, 12, "X"),))
    content = written([changed], tokens="tokens", columns="two")
    assert content == b"-DOCSTART- O\n\nNew B-X\nYork I-X\nkee I-X\nps O\n\nso O\n\n"


def test_new_tokens_can_be_asked_for() -> None:
    (article,) = read_articles("a.conll", b"don't-care\tB-X\nb\tO\nc\tO\n")
    content = written([article], tokens="new", columns="two")
    assert content == b"-DOCSTART- O\n\ndon't B-X\n- I-X\ncare I-X\nb O\nc O\n\n"


def test_io_cannot_tell_touching_spans_apart_and_the_report_says_so() -> None:
    (article,) = read_articles("a.conll", b"Leeds\tB-LOC\nYork\tB-LOC\nand\tO\n")
    content, report = write("conll", exported(article), tokens="tokens", scheme="io", columns="two")
    assert content == b"-DOCSTART- O\n\nLeeds I-LOC\nYork I-LOC\nand O\n\n"
    assert report.dropped == {"borders between spans that touch": 1}


def test_ill_formed_tags_are_counted() -> None:
    (article,) = read_articles("a.conll", b"a B-X\nb I-X\nc O\nd I-X\ne B-Y\nf I-X\n")
    assert mentions(article) == [("a b", "X"), ("d", "X"), ("e", "Y"), ("f", "X")]
    assert article.dropped == {REPAIRED: 2}


def test_a_comment_is_no_sentence_but_a_hashtag_with_a_tag_is() -> None:
    (article,) = read_articles("a.conll", WITH_COMMENTS)
    assert article.text == "mara # waves\n# leeds"
    assert mentions(article) == [("mara", "PER"), ("#", "TAG"), ("leeds", "LOC")]


def test_columns_can_be_chosen() -> None:
    (outer,) = read_articles("a.tsv", NUMBERED, "conll", token_column="2", tag_column="3")
    (inner,) = read_articles("a.tsv", NUMBERED, "conll", token_column="2")
    assert mentions(outer) == [("Mara York", "PER")]
    assert mentions(inner) == [("York", "LOC")]
    assert written([outer]) == written([inner]) == NUMBERED


def test_labels_without_letters_are_read_when_asked_for() -> None:
    content = b"Mara\tperson-actor\nLund\tperson-actor\nat\tO\nLeeds\tplace\n"
    (article,) = read_articles("a.conll", content, "conll", scheme="labels")
    assert mentions(article) == [("Mara Lund", "person-actor"), ("Leeds", "place")]
    assert written([article]) == content


def test_tight_spacing_reads_like_print() -> None:
    words = ["He", "said", ":", "“", "Mara", "'s", "(", "5", ")", "!", "”"]
    content = "".join(f"{word} O\n" for word in words) + "\n林 B-P\n若 I-P\n说 O\n。 O\n"
    (article,) = read_articles("a.conll", content.encode(), "conll", spacing="tight")
    assert article.text == "He said: “Mara's (5)!”\n林若说。"
    assert mentions(article) == [("林若", "P")]


def test_it_is_recognised_by_its_rows_whatever_its_name() -> None:
    for name in ("a.txt", "a.tsv", "a", "a.json"):
        (article,) = read_articles(name, TWO_TABS)
        assert mentions(article) == [("Mara Lund", "person")]


@pytest.mark.parametrize(
    "content",
    [b"Dear O\n", b"A text\nof lines O\nand words O\nB-52 O\n", b"O\nO\nO\nO\n", b"a,B-X\nb,O\nc,O\n"],
)
def test_other_texts_are_not_taken_for_it(content: bytes) -> None:
    (article,) = read("a.txt", content)
    assert isinstance(article, ParsedArticle)
    assert article.tokens is None


def test_a_bad_row_costs_its_article_only_and_every_one_is_told() -> None:
    content = b"-DOCSTART- O\na O\nb X\nc O O\n\n-DOCSTART- O\nd B-X\n"
    found = read("a.conll", content)
    assert [(line, reason.split()[0]) for _, line, reason in problems(found)] == [(3, "'X'"), (4, "The")]
    assert [one.text for one in found if isinstance(one, ParsedArticle)] == ["d"]


WORDS = st.sampled_from(["Mara", "林若", "#", "-", "👩‍🔧", "a\u0301", "\u00a0x", '"', "O", "B-X", "x" * 30])
TAGS = st.sampled_from(["O", "O", "B-X", "I-X", "I-Y", "E-X", "S-Y", "U-X", "L-Y", "M-X"])
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", " \n", "-DOCSTART- O\n\n", "\n-DOCSTART-\n", "\n# note\n"])


@st.composite
def column_files(draw: st.DrawFn) -> bytes:
    """Files of three columns that a reader has to take, however untidy."""
    separator = draw(st.sampled_from([" ", "\t"]))
    gap = st.sampled_from([" ", "  "]) if separator == " " else st.just("\t")
    content = draw(BREAKS)
    for sentence in draw(st.lists(st.lists(st.tuples(WORDS, TAGS, gap), min_size=1), min_size=1, max_size=5)):
        for word, tag, space in sentence:
            content += f"{word}{separator}NN{space}{tag}" + draw(st.sampled_from(["\n", "\n", "\r\n"]))
        content += draw(BREAKS)
    return content.encode()


@given(column_files(), st.sampled_from(["", "1", "2"]), st.sampled_from(["space", "tight"]))
def test_any_file_that_is_read_is_given_back(content: bytes, sentences: str, spacing: str) -> None:
    articles = read_articles("a.conll", content, "conll", sentences=sentences, spacing=spacing)
    assert written(articles) == content


@given(
    st.lists(st.lists(WORDS.filter(str.strip), min_size=1, max_size=5), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 3), st.sampled_from("AB")), max_size=5),
    st.sampled_from(["iob2", "iob1", "iobes", "bilou", "bmes", "bmewo"]),
    st.sampled_from(["two", "four"]),
    st.sampled_from(["space", "tab"]),
)
def test_what_is_exported_is_imported_with_the_same_spans(
    sentences: list[list[str]],
    places: list[tuple[int, int, str]],
    scheme: str,
    columns: str,
    separator: str,
) -> None:
    text = " \n ".join(" ".join(words) for words in sentences)
    starts = [place for place, character in enumerate(text) if not character.isspace()]
    spans = [
        Span(UUID(int=number), starts[first], starts[min(first + size, len(starts)) - 1] + 1, label)
        for number, (first, size, label) in enumerate(places)
        if first < len(starts)
    ]
    article = ExportArticle(1, "", text, {}, tuple(spans))
    content, report = write("conll", article, scheme=scheme, columns=columns, separator=separator)
    (back,) = read_articles("a.conll", content, "conll", scheme=scheme)
    assert "".join(back.text.split()) == "".join(text.split())
    assert len(back.spans) == report.spans_written == len(spans) - sum(report.dropped.values())
    bare = {("".join(text[one.start : one.end].split()), one.label) for one in spans}
    assert {("".join(surface.split()), label) for surface, label in mentions(back)} <= bare
