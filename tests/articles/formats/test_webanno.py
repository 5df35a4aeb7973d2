"""WebAnno TSV in and out. Files are built after the examples of INCEpTION's handbook and tests."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Attribute, Definition
from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, LossReport, ParsedArticle, Tokens
from articles.formats.uima.article import NOT_READ
from articles.formats.webanno import WebAnnoWriter
from articles.formats.webanno.escapes import (
    escape_text,
    escape_value,
    split_escaped,
    unescape_as_value,
    unescape_java,
    unescape_text,
    unescape_value,
)
from tests.articles.formats.builders import make_article, make_zip, mark, problems, read, read_articles

NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def file_of(*rows: str, version: str = "3.3") -> bytes:
    """Rows with single spaces for tabs, and a tab at the end, as WebAnno writes them."""
    lines = (row if row.startswith("#") or not row else row.replace(" ", "\t") + "\t" for row in rows)
    return "\n".join([f"#FORMAT=WebAnno TSV {version}", *lines, ""]).encode()


def article_of(*rows: str, **options: str) -> ParsedArticle:
    (article,) = read_articles("a.tsv", file_of(*rows), "webanno", **options)
    return article


def mentions(article: ParsedArticle) -> list[tuple[str, str]]:
    return [(article.text[one.start : one.end], one.label) for one in article.spans]


def links(article: ParsedArticle) -> list[tuple[str, str, str]]:
    words = {one.id: article.text[one.start : one.end] for one in article.spans}
    return [(one.type, words[one.source], words[one.target]) for one in article.relations]


def test_entities_of_one_and_of_several_tokens() -> None:
    article = article_of(
        f"#T_SP={NAMED_ENTITY}|identifier|value",
        "",
        "",
        "#Text=Mara Lund left Leeds.",
        "1-1 0-4 Mara http://kb/Q1[1] PER[1]",
        "1-2 5-9 Lund http://kb/Q1[1] PER[1]",
        "1-3 10-14 left _ _",
        "1-4 15-20 Leeds * LOC",
        "1-5 20-21 . _ _",
        "",
        "#Sentence.id=s2",
        "#Text=She waved.",
        "2-1 22-25 She * *",
        "2-2 26-31 waved _ _",
        "2-3 31-32 . _ _",
    )
    assert article.text == "Mara Lund left Leeds.\nShe waved."
    assert mentions(article) == [("Mara Lund", "PER"), ("Leeds", "LOC"), ("She", "NamedEntity")]
    assert [dict(one.attributes) for one in article.spans] == [{"link": "http://kb/Q1"}, {}, {}]
    assert article.tokens == Tokens(
        ((0, 4), (5, 9), (10, 14), (15, 20), (20, 21), (22, 25), (26, 31), (31, 32)),
        (0, 5),
        layout={"format": "webanno"},
    )


def test_stacked_annotations_and_parts_of_tokens() -> None:
    article = article_of(
        "#T_SP=webanno.custom.Span|value",
        "",
        "",
        "#Text=Leedsers met Yorkers",
        "1-1 0-8 Leedsers GROUP[1]|WHOLE[2]",
        "1-1.1 0-5 Leeds LOC",
        "1-2 9-12 met WHOLE[2]",
        "1-3 13-20 Yorkers _",
        "1-3.1 13-17 York WHOLE[2]|LOC[3]",
        "1-3.2 17-17  HERE",
    )
    assert mentions(article) == [
        ("Leedsers", "GROUP"),
        ("Leedsers met York", "WHOLE"),
        ("Leeds", "LOC"),
        ("York", "LOC"),
    ]
    assert article.dropped == {"empty spans": 1}


def test_offsets_count_utf16_units() -> None:
    article = article_of(
        "#T_SP=webanno.custom.Span|value",
        "",
        "",
        "#Text=😊 Zoë 👩‍🔧!",
        "1-1 0-2 😊 X",
        "1-2 3-6 Zoë PER",
        "1-3 7-12 👩‍🔧 Y",
        "1-4 12-13 ! _",
    )
    assert mentions(article) == [("😊", "X"), ("Zoë", "PER"), ("👩‍🔧", "Y")]


def test_white_space_between_sentences_is_as_long_as_the_offsets_say() -> None:
    article = article_of(
        "",
        "",
        "#Text=One",
        "1-1 2-5 One",
        "",
        "#Text=two",
        "#Text=",
        "#Text=three",
        "2-1 5-8 two",
        "2-2 10-15 three",
        "",
        "#Text=four",
        "3-1 18-22 four",
    )
    assert article.text == "  Onetwo\n\nthree\n  four"


def test_features_are_attributes_and_the_label_can_be_another_one() -> None:
    rows = (
        "#T_SP=webanno.custom.Event|certain|kind|note",
        "",
        "",
        "#Text=Storm hit",
        "1-1 0-5 Storm true weather a\\_b",
        "1-2 6-9 hit false * *",
    )
    first, second = article_of(*rows).spans
    assert (first.label, dict(first.attributes)) == (
        "Event",
        {"certain": True, "kind": "weather", "note": "a_b"},
    )
    assert (second.label, dict(second.attributes)) == ("Event", {"certain": False})
    first, second = article_of(*rows, label="kind").spans
    assert (first.label, dict(first.attributes)) == ("weather", {"certain": True, "note": "a_b"})
    assert second.label == "Event"


def test_the_only_feature_of_a_layer_is_its_label_unless_it_is_long() -> None:
    article = article_of(
        "#T_SP=webanno.custom.Note|words",
        "#T_SP=webanno.custom.Place|",
        "",
        "",
        "#Text=a b",
        "1-1 0-1 a short *",
        f"1-2 2-3 b {'x' * 65} _",
    )
    assert mentions(article) == [("a", "short"), ("a", "Place"), ("b", "Note")]
    assert article.spans[2].attributes == {"words": "x" * 65}


def test_relations_point_to_the_row_where_they_stand() -> None:
    article = article_of(
        "#T_SP=webanno.custom.Span|value",
        "#T_RL=webanno.custom.Relation|value|sure|BT_webanno.custom.Span",
        "",
        "",
        "#Text=Mara Lund of Leeds and York",
        "1-1 0-4 Mara PER[1] _ _ _",
        "1-2 5-9 Lund PER[1] _ _ _",
        "1-3 10-12 of _ _ _ _",
        "1-4 13-18 Leeds LOC[2]|GPE[3] lives|born yes|* 1-1[1_3]|1-6[0_2]",
        "1-5 19-22 and _ _ _ _",
        "1-6 23-27 York LOC * * 1-4[2_0]",
    )
    assert links(article) == [
        ("lives", "Mara Lund", "Leeds"),
        ("born", "York", "Leeds"),
        ("Relation", "Leeds", "York"),
    ]
    assert article.relations[0].attributes == {"sure": "yes"}
    assert {one.id: one.label for one in article.spans}[article.relations[0].target] == "GPE"


def test_slots_are_relations_named_by_their_role() -> None:
    article = article_of(
        "#T_SP=webanno.custom.Goods|value",
        "#T_SP=webanno.custom.Sale|frame|ROLE_webanno.custom.Sale:Roles_webanno.custom.SaleRolesLink|webanno.custom.Goods",
        "#T_SP=webanno.custom.Any|ROLE_webanno.custom.Any:all_webanno.custom.AnyLink|uima.tcas.Annotation",
        "",
        "",
        "#Text=Bo sold the old clock",
        "1-1 0-2 Bo man _ _ _ _ _",
        "1-2 3-7 sold _ trade seller;goods 1-1;1-3[4] *;* 1-3[4];1-2[9]",
        "1-3 8-11 the clock[4] _ _ _ _ _",
        "1-4 12-15 old clock[4] _ _ _ _ _",
        "1-5 16-21 clock clock[4]|watch[5] *[6] _ * _ _",
    )
    assert links(article) == [
        ("seller", "sold", "Bo"),
        ("goods", "sold", "the old clock"),
        ("all", "sold", "the old clock"),
    ]
    assert article.dropped == {"relations whose ends are no spans": 1}
    assert mentions(article)[-1] == ("clock", "Sale")


def test_chains_are_coreference() -> None:
    article = article_of(
        "#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation",
        "",
        "",
        "#Text=Mara Lund shot herself with her gun",
        "1-1 0-4 Mara name[1] coref->1-1",
        "1-2 5-9 Lund name[1] coref->1-1",
        "1-3 10-14 shot _ _",
        "1-4 15-22 herself pr[1] *->1-3",
        "1-5 23-27 with _ _",
        "1-6 28-31 her pr[1]|*[2] coref->1-2|*->2-1",
        "1-7 32-35 gun _ _",
    )
    assert mentions(article) == [
        ("Mara Lund", "CoreferenceLink"),
        ("herself", "CoreferenceLink"),
        ("her", "CoreferenceLink"),
        ("her", "CoreferenceLink"),
    ]
    assert article.spans[0].attributes == {"referenceType": "name", "referenceRelation": "coref"}
    assert links(article) == [("COREF", "Mara Lund", "her"), ("COREF", "her", "herself")]


def test_parts_of_speech_and_syntax_are_counted() -> None:
    api = "de.tudarmstadt.ukp.dkpro.core.api"
    article = article_of(
        f"#T_SP={api}.lexmorph.type.pos.POS|PosValue",
        f"#T_SP={NAMED_ENTITY}|value",
        f"#T_RL={api}.syntax.type.dependency.Dependency|DependencyType|BT_{api}.lexmorph.type.pos.POS",
        "",
        "",
        "#Text=Mara left",
        "1-1 0-4 Mara NNP PER SUBJ 1-2",
        "1-2 5-9 left VBD _ ROOT 1-2",
    )
    assert mentions(article) == [("Mara", "PER")]
    assert article.dropped == {NOT_READ: 4}


@pytest.mark.parametrize("text", [r"a\\b\tc [x]_y|*", r"a\\b\tc \[x\]\_y\|\*"])
def test_text_is_escaped_as_webanno_does_or_as_its_handbook_says(text: str) -> None:
    article = article_of("", "", f"#Text={text}", "1-1\t0-3\ta\\b", "1-2 4-5 c", "1-3 6-13 [x]_y|*")
    assert article.text == "a\\b\tc [x]_y|*"


def test_text_of_version_3_1_is_escaped_as_in_java() -> None:
    content = file_of(
        "", "", r"#Text=Zo\u00EB \uD83D\uDE0A \"x\"", "1-1 0-3 Zoë", "1-2 4-6 😊", version="3.1"
    )
    (article,) = read_articles("a.tsv", content)
    assert article.text == 'Zoë 😊 "x"'


def test_a_zip_of_files_and_windows_line_ends() -> None:
    one = file_of("", "", "#Text=One", "1-1 0-3 One")
    articles = read_articles("a.zip", make_zip(a__tsv=one, b__tsv=one.replace(b"\n", b"\r\n"), c__txt=b"Two"))
    assert [article.text for article in articles] == ["One", "One", "Two"]


def test_a_problem_has_its_line() -> None:
    content = file_of("#T_SP=x.Y|value", "", "", "#Text=One", "1-1 0-3 One _", "1-2 4-5 ! _")
    assert problems(read("a.tsv", content)) == [("a.tsv", 7, "The token '!' does not stand at 4-5.")]


# --- writing


def exported(
    article: ExportArticle, definition: Definition | None = None, tokens: str = "tokens"
) -> tuple[str, LossReport]:
    """The file of the article, and the report."""
    writer = WebAnnoWriter(definition, {"tokens": tokens})
    ((_, content),) = writer.files([article])
    return content.decode(), writer.report


def test_the_file_of_an_article() -> None:
    text = "Mara Lund of Leedsers met.\nShe left"
    places = mark(text, "Mara Lund", "PER"), mark(text, "Leeds", "LOC"), mark(text, "Lund of Leed", "X")
    base = make_article(text, *places, (30, 35, "Y"))
    mara, leeds, *_ = base.spans
    person = Span(mara.id, 0, 9, "PER", (), {"link": "http://kb/a_b", "certain": True, "note": ""})
    link = Relation(uuid4(), "lives_in", leeds.id, mara.id)
    article = ExportArticle(1, "a1", text, {}, (person, *base.spans[1:]), (link,))
    attributes = Attribute("certain", "boolean"), Attribute("note")
    content, report = exported(article, Definition((), (), attributes))
    assert content.replace("\t\n", "\n").replace("\t", " ") == "\n".join(
        [
            "#FORMAT=WebAnno TSV 3.3",
            f"#T_SP={NAMED_ENTITY}|value|identifier|certain|note",
            f"#T_RL=webanno.custom.Relation|value|BT_{NAMED_ENTITY}",
            "",
            "",
            "#Text=Mara Lund of Leedsers met.",
            r"1-1 0-4 Mara PER[1] http://kb/a\_b[1] true[1] *[1] lives\_in 1-4.1[0_1]",
            r"1-2 5-9 Lund PER[1]|X[2] http://kb/a\_b[1]|*[2] true[1]|*[2] *[1]|*[2] _ _",
            "1-3 10-12 of X[2] *[2] *[2] *[2] _ _",
            "1-4 13-21 Leedsers _ _ _ _ _ _",
            "1-4.1 13-18 Leeds LOC * * * _ _",
            "1-4.2 13-17 Leed X[2] *[2] *[2] *[2] _ _",
            "1-5 22-25 met _ _ _ _ _ _",
            "1-6 25-26 . _ _ _ _ _ _",
            "",
            "#Text=She left",
            "2-1 27-30 She _ _ _ _ _ _",
            "2-2 31-35 left Y * * * _ _",
            "",
        ]
    )
    assert report.dropped == {"white space at the ends of spans": 1}


def test_what_it_cannot_hold_is_counted() -> None:
    text = "\n One two"
    gap = Span(uuid4(), 2, 9, "X", ((2, 5), (6, 9)))
    white = Span(uuid4(), 5, 6, "X")
    odd = Span(uuid4(), 2, 5, "X", (), {"mood": "glad"})
    link = Relation(uuid4(), "r", odd.id, white.id)
    _, report = exported(ExportArticle(1, "", text, {}, (gap, white, odd), (link,), ("sport",)))
    assert report.spans_written == 1
    assert report.dropped == {
        "spans with gaps": 1,
        "spans of white space": 1,
        "line breaks before the first word": 1,
        "relations": 1,
        "article labels": 1,
        "attributes that are not in the schema": 1,
    }


def test_tokens_of_an_import_are_kept_unless_words_have_none() -> None:
    article = make_article("don't go", (0, 2, "X"))
    kept = Tokens(((0, 2), (2, 5), (6, 8)))
    rows = exported(ExportArticle(1, "", article.text, {}, article.spans, tokens=kept))[0].splitlines()[5:]
    assert [row.split("\t")[2] for row in rows] == ["do", "n't", "go"]
    for tokens, choice in ((kept, "new"), (Tokens(((0, 5),)), "tokens")):
        given = ExportArticle(1, "", article.text, {}, article.spans, tokens=tokens)
        rows = exported(given, tokens=choice)[0].splitlines()[5:]
        assert [row.split("\t")[2] for row in rows] == ["don't", "do", "go"]


def test_a_zip_holds_a_file_for_each_article_and_the_report() -> None:
    two = [make_article("One"), replace(make_article("Two"), id=2)]
    content = b"".join(WebAnnoWriter().write(two))
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["1-a1.tsv", "2-a1.tsv", "report.json"]
    assert [one.text for one in read_articles("a.zip", content, "webanno")] == ["One", "Two"]


SIGNS = st.text(st.sampled_from("ab[]|_;*->\\\t\n\r\x01tnrfb"), max_size=12)


@given(SIGNS)
def test_what_is_escaped_can_be_read(words: str) -> None:
    assert unescape_value(escape_value(words)) == words
    assert unescape_text(escape_text(words)) == words
    assert unescape_as_value(escape_value(words.replace("\r", ""))) == words.replace("\r", "")
    assert "\t" not in escape_value(words) + escape_text(words)
    assert unescape_java("".join(f"\\u{ord(sign):04x}" for sign in words)) == words


@given(st.lists(SIGNS, min_size=1, max_size=4))
def test_values_that_are_stacked_come_apart(values: list[str]) -> None:
    assert split_escaped("|".join(map(escape_value, values)), "|") == [escape_value(one) for one in values]


TEXTS = st.text(st.sampled_from("ab .\n\t\r\u00a0林é👩‍🔧A”。!|\\_#[*"), min_size=1, max_size=40)


PLACES = st.tuples(st.integers(0, 39), st.integers(1, 15), st.sampled_from("AB"), SIGNS)


@st.composite
def articles(draw: st.DrawFn) -> ExportArticle:
    """Spans that begin and end with words, in any position to each other, with attributes and relations."""
    text = draw(TEXTS.filter(str.strip))
    spans = []
    for number, (start, size, label, value) in enumerate(draw(st.lists(PLACES, max_size=7)), start=1):
        words = text[start : start + size]
        first = start + len(words) - len(words.lstrip())
        note = value.replace("\r", "")
        attributes = ({"note": note} if note else {}) | ({"sure": size > 7} if size > 4 else {})
        if words.strip():
            spans.append(Span(UUID(int=number), first, first + len(words.strip()), label, (), attributes))
    ids = [one.id for one in spans]
    pairs = draw(st.lists(st.permutations(ids), max_size=5)) if len(ids) > 1 else []
    relations = [Relation(uuid4(), f"r_{number}", pair[0], pair[1]) for number, pair in enumerate(pairs)]
    return ExportArticle(1, "", text, {}, tuple(spans), tuple(relations))


def told(article: ExportArticle | ParsedArticle) -> tuple[list[object], list[object]]:
    """Spans and relations without their ids."""
    spans = {one.id: (one.start, one.end, one.label, sorted(one.attributes.items())) for one in article.spans}
    return (
        sorted(spans.values(), key=repr),
        sorted(((one.type, spans[one.source], spans[one.target]) for one in article.relations), key=repr),
    )


@given(articles())
def test_text_spans_attributes_and_relations_come_back(article: ExportArticle) -> None:
    definition = Definition((), (), (Attribute("note"), Attribute("sure", "boolean")))
    content, report = exported(article, definition)
    (back,) = read_articles("a.tsv", content.encode())
    blanks = len(article.text) - len(article.text.lstrip())
    assert back.text == " " * blanks + article.text[blanks:]
    assert told(back) == told(article)
    assert not report.dropped.keys() - {"line breaks before the first word"}
