"""CoNLL-U and CoNLL-U Plus in and out. Files are built after the examples of universaldependencies.org."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import conllu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Span
from articles.formats.base import ExportArticle, ParsedArticle
from articles.formats.common.tag_schemes import REPAIRED
from articles.formats.conllu.article import DIFFERS
from tests.articles.formats.builders import exported, make_article, mark, problems, read, read_articles, write


def file_of(*rows: str) -> bytes:
    """Rows with spaces for tabs; two underscores stand for a space within a value."""
    lines = (row if row.startswith("#") else row.replace(" ", "\t").replace("__", " ") for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def mentions(article: ParsedArticle) -> list[tuple[str, str]]:
    return [(article.text[one.start : one.end], one.label) for one in article.spans]


def written(articles: list[ParsedArticle], **options: str) -> bytes:
    return write("conllu", *map(exported, articles), **options)[0]


PLUS = file_of(
    "# global.columns = ID FORM UPOS MISC X:NE",
    "# newdoc id = port-1",
    "# sent_id = 1",
    "# text = Vámonos al mar del Sur.",
    "1-2 Vámonos _ _ _",
    "1 Vamos VERB _ O",
    "2 nos PRON _ O",
    "3-4 al _ _ _",
    "3 a ADP _ O",
    "4 el DET _ O",
    "5 mar NOUN _ B-LOC",
    "6-7 del _ _ _",
    "6 de ADP _ I-LOC",
    "7 el DET _ I-LOC",
    "8 Sur PROPN SpaceAfter=No I-LOC",
    "9 . PUNCT _ O",
    "",
    "# sent_id = 2",
    "1 Costó VERB _ _",
    "2 10__000 NUM _ B-MONEY",
    "2.1 euros NOUN _ _",
    "3 ayer ADV SpaceAfter=No O",
    "",
    "# newdoc id = port-2",
    "1 Adiós INTJ _ O",
    "",
)


def test_words_tokens_and_empty_nodes() -> None:
    first, second = read_articles("a.conllup", PLUS)
    assert first.text == "Vámonos al mar del Sur.\nCostó 10 000 ayer"
    assert mentions(first) == [("mar del Sur", "LOC"), ("10 000", "MONEY")]
    assert (first.external_id, second.external_id) == ("port-1", "port-2")
    assert (first.line, second.line) == (2, 24)
    assert first.tokens
    assert [first.text[start:end] for start, end in first.tokens.bounds][:5] == [
        "Vámonos",
        "al",
        "mar",
        "del",
        "Sur",
    ]
    assert first.tokens.sentences == (0, 6)


def test_a_tag_on_a_word_of_a_multiword_token_stands_for_the_token() -> None:
    content = file_of(
        "# global.columns = ID FORM NE", "1-2 del _", "1 de B-A", "2 el B-B", "3 Sur I-B", "4 va O", ""
    )
    (article,) = read_articles("a.conllup", content)
    assert mentions(article) == [("del", "A"), ("del Sur", "B")]
    assert written([article]) == content
    changed = replace(article, spans=(Span(uuid4(), 0, 3, "C"),))
    assert written([changed]) == content.replace(b"B-A", b"B-C").replace(b"B-B", b"I-C").replace(b"I-B", b"O")


def test_entities_in_misc() -> None:
    content = file_of(
        "# text = Mara Lund waves.",
        "1 Mara _ _ _ _ 0 root _ NER=S-PER|start_char=0",
        "2 Lund _ _ _ _ 1 flat _ _",
        "3 waves _ _ _ _ 1 dep _ SpaceAfter=No",
        "4 . _ _ _ _ 1 punct _ _",
        "",
    )
    (article,) = read_articles("a.conllu", content)
    assert article.text == "Mara Lund waves."
    assert mentions(article) == [("Mara", "PER")]
    assert written([article]) == content
    changed = replace(article, spans=(Span(uuid4(), 5, 9, "PER"),))
    assert written([changed]) == content.replace(b"NER=S-PER|", b"").replace(
        b"flat\t_\t_", b"flat\t_\tNER=S-PER"
    )


def test_white_space_is_what_misc_says_then_what_the_text_says_then_one_space() -> None:
    content = file_of(
        "# global.columns = ID FORM MISC NE",
        "# text = a bc  d",
        "1 a SpacesBefore=\\s O",
        "2 b SpacesAfter=\\n\\t O",
        "3 c _ O",
        "4 d SpacesAfter=\\s\\p\\\\n O",
        "",
        "# newpar",
        "1 e SpaceAfter=No O",
        "2 f _ O",
        "",
        "# newpar id = 3",
        "1 g _ B-X",
        "",
    )
    (article,) = read_articles("a.conllup", content)
    assert article.text == " a b\n\tc  d |\\nef\n\ng"
    assert mentions(article) == [("g", "X")]
    assert written([article]) == content


def test_a_text_that_differs_from_its_tokens_is_counted_and_not_used() -> None:
    content = file_of("# text = Other words", "1 a _ _ _ _ _ _ _ _", "2 b _ _ _ _ _ _ _ _", "")
    (article,) = read_articles("a.conllu", content)
    assert article.text == "a b"
    assert article.dropped == {DIFFERS: 1}


FILES = {
    "plus": PLUS,
    "no ids": file_of("# global.columns = FORM NE", "# a note", "# O", "a B-X", "", "b O"),
    "crlf": PLUS.replace(b"\n", b"\r\n"),
    "no last line": PLUS.rstrip(b"\n"),
    "notes at the end": PLUS + b"# the end\n\n# truly\n",
    "blank lines": b"\n\n"
    + file_of("1 a _ _ _ _ _ _ _ NER=B-X", "", "", "", "1 b _ _ _ _ _ _ _ NER=O", "") * 2,
    "ill-formed": file_of(
        "# global.columns = ID FORM NE", "1 a I-X", "2 b I-Y", "3 c B-Y", "4 d O", "5 e I-Y", ""
    ),
    "stars": file_of("# global.columns = ID FORM NE", "1 a *", "2 b B-X", ""),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
@pytest.mark.parametrize("sentences", ["", "1", "2"])
def test_what_is_imported_is_exported_byte_for_byte(content: bytes, sentences: str) -> None:
    articles = read_articles("a.conllup", content, "conllu", sentences=sentences)
    assert written(articles) == content


def test_only_the_sentence_that_changed_is_written_anew() -> None:
    content = file_of(
        "# global.columns = ID FORM NE",
        "1 a I-X",
        "2 b _",
        "",
        "1 c I-X",
        "2 d _",
        "",
        "1 e B-X",
        "2 f I-X",
        "",
    )
    (article,) = read_articles("a.conllup", content, "conllu", scheme="iob2")
    assert article.dropped == {REPAIRED: 2}
    (_, second, third) = article.spans
    assert written([replace(article, spans=(second, third))]) == content.replace(b"a\tI-X", b"a\t_")
    assert written([replace(article, spans=(*article.spans, Span(uuid4(), 2, 3, "Y")))]) == content.replace(
        b"a\tI-X\n2\tb\t_", b"a\tB-X\n2\tb\tB-Y"
    )


def test_articles_of_other_files_get_the_columns_of_the_first() -> None:
    (first, _) = read_articles("a.conllup", PLUS)
    (other,) = read_articles("b.conllup", file_of("# global.columns = ID FORM NE", "1 x B-X", "2 y O", ""))
    plain = make_article("One two.", (0, 3, "Y"))
    content, report = write("conllu", exported(first), exported(other), plain)
    assert content == PLUS.partition(b"# newdoc id = port-2")[0] + file_of(
        "# newdoc id = 1",
        "# sent_id = 1-1",
        "# text = x y",
        "1 x _ _ B-X",
        "2 y _ _ O",
        "",
        "# newdoc id = a1",
        "# sent_id = 1-a1-1",
        "# text = One two.",
        "1 One _ _ B-Y",
        "2 two _ SpaceAfter=No O",
        "3 . _ _ O",
        "",
    )
    assert report.sentence() == "3 articles, 4 spans written; dropped: nothing."


def test_articles_of_two_files_stay_apart() -> None:
    (one,) = read_articles("a.conllup", b"# global.columns = ID FORM NE\n1\ta\tO")
    content = written([one, one])
    assert content == b"# global.columns = ID FORM NE\n1\ta\tO\n\n1\ta\tO"


def test_the_library_reads_what_is_written() -> None:
    text = "  Mara Lund (5) left.\nShe\twaved. 林若 说。"
    article = make_article(text, mark(text, "Mara Lund", "PER"), mark(text, "林若", "PER"))
    content = write("conllu", article)[0].decode()
    sentences = conllu.parse(content)
    assert [one.metadata["text"] for one in sentences] == ["Mara Lund (5) left.", "She waved.", "林若 说。"]
    assert sentences[0].metadata["newdoc id"] == "a1"
    words = [(one["form"], one["ne"]) for sentence in sentences for one in sentence]
    assert words[:3] == [("Mara", "B-PER"), ("Lund", "I-PER"), ("(", "O")]
    assert [one["id"] for one in sentences[1]][:3] == [1, 2, 3]
    assert sentences[0][0]["misc"] == {"SpacesBefore": "\\s\\s"}


def test_nested_spans_gaps_relations_and_labels_are_counted() -> None:
    text = "Bank of Leeds paid"
    base = make_article(text, mark(text, "Bank of Leeds", "ORG"), mark(text, "Leeds", "GPE"))
    gap = Span(uuid4(), 0, 18, "X", ((0, 4), (14, 18)))
    article = ExportArticle(1, "", text, {}, (*base.spans, gap), (), ("sport",))
    _, report = write("conllu", article)
    assert report.dropped == {"nested spans": 1, "spans with gaps": 1, "article labels": 1}


def test_a_plain_conllu_file_without_entities_is_text_with_tokens() -> None:
    content = file_of("1 Mara _ _ _ _ 0 root _ SpaceAfter=No", "2 ! _ _ _ _ 1 punct _ _", "")
    (article,) = read_articles("a.txt", content)
    assert article.text == "Mara!"
    assert article.tokens
    assert not article.spans
    assert written([article], columns="few").decode().splitlines()[4] == "1\tMara\tSpaceAfter=No\tO"


def test_a_bad_sentence_costs_its_article_only() -> None:
    content = PLUS.replace(b"9\t.\tPUNCT", b"8\t.\tPUNCT")
    found = read("a.conllup", content)
    assert problems(found) == [("a.conllup", 16, "The id '8' stands where 9 is due.")]
    assert [one.text for one in found if isinstance(one, ParsedArticle)] == ["Adiós"]


FORMS = st.sampled_from(["Mara", "林若", "#", "10 000", "👩‍🔧", "a\u0301", "_", "O", "x" * 30])
TAGS = st.sampled_from(["O", "_", "B-X", "I-X", "I-Y", "E-X", "S-Y", "U-X"])
MISCS = st.sampled_from(["_", "SpaceAfter=No", "SpacesAfter=\\n", "Gloss=a|SpaceAfter=No"])


@st.composite
def plus_files(draw: st.DrawFn) -> bytes:
    content = draw(
        st.sampled_from(["# global.columns = ID FORM MISC NE\n", "# global.columns = NE MISC FORM ID\n"])
    )
    names = content.split()[3:]
    for words in draw(st.lists(st.lists(st.tuples(FORMS, MISCS, TAGS), min_size=1, max_size=4), min_size=1)):
        content += draw(st.sampled_from(["", "# newdoc\n", "# newpar id = p\n", "# text = Mara 10 000\n"]))
        span = draw(st.integers(0, len(words)))
        for number, (form, misc, tag) in enumerate(words, start=1):
            if number == 1 and span:
                row = {"ID": f"1-{span}", "FORM": "both", "MISC": misc, "NE": "_"}
                content += "\t".join(row[name] for name in names) + "\n"
            row = {"ID": str(number), "FORM": form, "MISC": misc, "NE": tag}
            content += "\t".join(row[name] for name in names) + "\n"
        content += draw(st.sampled_from(["\n", "\n", "\n\n", " \n"]))
    return content.encode()


@given(plus_files(), st.sampled_from(["", "1", "2"]))
def test_any_file_that_is_read_is_given_back(content: bytes, sentences: str) -> None:
    assert written(read_articles("a.conllup", content, "conllu", sentences=sentences)) == content


@given(
    st.text(st.sampled_from("ab .\n\t\r\u00a0林é👩‍🔧A”。!|\\_#"), min_size=1, max_size=40).filter(str.strip),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12), st.sampled_from("AB")), max_size=6),
    st.sampled_from(["iob2", "iob1", "iobes", "bilou"]),
    st.sampled_from(["all", "few"]),
)
def test_text_and_spans_come_back_exactly(
    text: str, places: list[tuple[int, int, str]], scheme: str, columns: str
) -> None:
    spans = {(start, min(len(text), start + size), label) for start, size, label in places}
    solid = [
        one for one in spans if one[0] < one[1] and text[one[0] : one[1]] == text[one[0] : one[1]].strip()
    ]
    article = make_article(text, *solid)
    content, report = write("conllu", article, scheme=scheme, columns=columns)
    (back,) = read_articles("a.conllup", content, "conllu", scheme=scheme)
    assert back.text == text
    found = {(one.start, one.end, one.label) for one in back.spans}
    assert found <= set(solid)
    assert len(found) == report.spans_written == len(solid) - sum(report.dropped.values())


def test_ids_of_spans_tell_them_apart() -> None:
    first, _ = read_articles("a.conllup", PLUS)
    assert [one.id for one in first.spans] == [UUID(int=1), UUID(int=2)]
