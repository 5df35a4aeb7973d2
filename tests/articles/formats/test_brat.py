"""brat: folders as the tool writes them, and our own read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from annotator.schemas.definition import Definition, RelationType
from articles.domain.chains import chains_of
from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, ParsedArticle, Remark, Talk
from articles.formats.brat import BratWriter
from tests.articles.formats.builders import problems, read, read_articles
from tests.articles.formats.standoff_files import make_brat

TEXT = "Northline 😀 bought Fjordkraft and\nNord Ferries of Bergen. It paid Aru Sadykova's heirs."


def at(surface: str, text: str = TEXT) -> str:
    start = text.index(surface)
    return f"{start} {start + len(surface)}"


def read_one(*lines: str, text: str = TEXT) -> ParsedArticle:
    (article,) = read_articles("a.zip", make_brat(*lines, text=text))
    return article


def links(article: ParsedArticle | ExportArticle) -> list[tuple[str, str, str]]:
    words = {span.id: span.surface(article.text) for span in article.spans}
    return sorted((words[one.source], one.type, words[one.target]) for one in article.relations)


BUYER, BOUGHT, SELLER = (
    f"T1\tOrganization {at('Northline')}\tNorthline",
    f"T2\tTransfer {at('bought')}\tbought",
    f"T3\tOrganization {at('Fjordkraft')}\tFjordkraft",
)


def test_spans_relations_attributes_and_links() -> None:
    article = read_one(
        "R1\tOwner Arg1:T1 Arg2:T3\t",
        "A1\tNegation T1",
        "M1\tSpeculation T1",
        "A2\tConfidence T3 very high",
        "A3\tPublic R1",
        "N1\tReference T1 Wikidata:Q42\tNorthline",
        BUYER,
        SELLER,
    )
    buyer, seller = article.spans
    assert (buyer.start, buyer.end, buyer.label) == (0, 9, "Organization")
    assert buyer.attributes == {"Negation": True, "Speculation": True, "link": "Wikidata:Q42"}
    assert seller.attributes == {"Confidence": "very high"}
    assert links(article) == [("Northline", "Owner", "Fjordkraft")]
    assert article.relations[0].attributes == {"Public": True}
    assert (article.text, article.file, article.metadata) == (TEXT, "a.txt", {"file": "a.txt"})


def test_offsets_count_code_points_and_pieces_are_fragments() -> None:
    article = read_one(f"T1\tOrganization {at('Nord')};{at('Bergen')}\tNord Bergen")
    assert [span.surface(TEXT) for span in article.spans] == ["Nord ... Bergen"]


def test_pieces_that_brat_cut_at_a_line_break_are_one() -> None:
    article = read_one(f"T1\tPhrase {at('Fjordkraft and')};{at('Nord')}\tFjordkraft and Nord")
    (span,) = article.spans
    assert (span.surface(TEXT), span.fragments) == ("Fjordkraft and\nNord", ())


def test_events_become_relations_from_their_trigger() -> None:
    article = read_one(
        "E1\tTransfer:T2 Buyer:T1 Theme:T3 Theme2:T4 Cause:E2",
        "E2\tPayment:T5 Org1:T1 Org2:T3",
        "A1\tNegation E1",
        BUYER,
        BOUGHT,
        SELLER,
        f"T4\tOrganization {at('Nord Ferries')}\tNord Ferries",
        f"T5\tPayment {at('paid')}\tpaid",
    )
    assert links(article) == [
        ("bought", "Buyer", "Northline"),
        ("bought", "Cause", "paid"),
        ("bought", "Theme", "Fjordkraft"),
        ("bought", "Theme", "Nord Ferries"),
        ("paid", "Org1", "Northline"),
        ("paid", "Org2", "Fjordkraft"),
    ]
    assert article.spans[1].attributes == {"Negation": True}


def test_events_that_cause_each_other_are_read() -> None:
    article = read_one(
        "E1\tTransfer:T2 Cause:E2",
        "E2\tPayment:T5 Cause:E1 Theme:E2",
        BOUGHT,
        f"T5\tPayment {at('paid')}\tpaid",
    )
    assert links(article) == [("bought", "Cause", "paid"), ("paid", "Cause", "bought")]
    assert article.dropped == {"relations of a span with itself": 1}


def test_equivalence_is_a_chain_from_mention_to_mention() -> None:
    it = f"T4\tOrganization {at('It')}\tIt"
    article = read_one("*\tEquiv T4 T1 T3", it, BUYER, SELLER)
    assert links(article) == [("Fjordkraft", "COREF", "It"), ("Northline", "COREF", "Fjordkraft")]


def test_notes_are_comments_on_their_span() -> None:
    article = read_one(
        "#1\tAnnotatorNotes T1\tIs this the holding?",
        "#2\tAnnotatorNotes R1\tSince 2019",
        "#3\tAnnotatorNotes T1\tNo.",
        "#4\tAnnotatorNotes T9\tLost",
        "R1\tOwner Arg1:T3 Arg2:T1",
        BUYER,
        SELLER,
    )
    buyer, seller = article.spans
    assert article.talks == (
        Talk((Remark("", "Is this the holding?"), Remark("", "No.")), 0, 9, buyer.id),
        Talk((Remark("", "Since 2019"),), seller.start, seller.end, seller.id),
    )
    assert article.dropped == {"notes that are not on an annotation": 1}


def test_a_mark_between_two_characters_is_no_span() -> None:
    gap = "T9\tGap 3 3\t"
    article = read_one(BUYER, gap, "R1\tNear Arg1:T1 Arg2:T9", "A1\tSure T9", "#1\tAnnotatorNotes T9\tHere?")
    assert [span.label for span in article.spans] == ["Organization"]
    assert article.dropped == {
        "empty spans": 1,
        "attributes of what is no span": 1,
        "relations whose ends are no spans": 1,
        "notes that are not on an annotation": 1,
    }


def test_texts_and_annotations_find_each_other_by_folder_and_name() -> None:
    content = {
        "x/one.txt": b"Mara",
        "x/one.ann": b"T1\tPER 0 4\tMara\r\n\r\n",
        "y/one.TXT": b"Leeds",
        "x/annotation.conf": b"[entities]\nPER\n",
        "y/lost.ann": b"T1\tPER 0 4\tMara\n",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    found = read("a.zip", stream.getvalue())
    articles = [one for one in found if isinstance(one, ParsedArticle)]
    assert [(one.file, len(one.spans)) for one in articles] == [("x/one.txt", 1), ("y/one.TXT", 0)]
    assert problems(found) == [("y/lost.ann", None, "The text of these annotations, y/lost.txt, is missing.")]


def test_annotations_without_their_text_are_refused() -> None:
    ((_, _, reason),) = problems(read("a.ann", b"T1\tPER 0 4\tMara"))
    assert "a.txt, is missing" in reason


SCHEMA = Definition(labels=(), relations=(RelationType("ALIAS", chain=True), RelationType("OWNER")))


def write(*articles: ExportArticle) -> tuple[dict[str, str], BratWriter]:
    writer = BratWriter(SCHEMA)
    content = b"".join(writer.write(articles))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}, writer


def test_what_brat_gets() -> None:
    text = "Mara Quist of Northline\nand her firm"
    mara = Span(uuid4(), 0, 10, "PERSON", (), {"title": "Dr\nmed", "dead": False, "chief": True, "note": ""})
    firm = Span(uuid4(), 14, 23, "ORG", (), {"link": "Wikidata:Q42"})
    her = Span(uuid4(), 28, 36, "ORG", ((28, 31), (32, 36)))
    both = Span(uuid4(), 14, 27, "ORG")
    relations = (
        Relation(uuid4(), "COREF", her.id, firm.id),
        Relation(uuid4(), "OWNER", mara.id, firm.id, {"share": "all"}),
        Relation(uuid4(), "ALIAS", both.id, firm.id),
    )
    talks = (
        Talk((Remark("ana", "Which\none?"), Remark("ben", "This.")), 0, 10, mara.id),
        Talk((Remark("", "Where?"),), 14, 23),
        Talk((Remark("ana", "Good."),)),
    )
    article = ExportArticle(
        7, "wire/2024:1", text, {}, (mara, firm, both, her), relations, ("economy",), (), talks
    )
    files, writer = write(article)
    assert list(files) == ["annotation.conf", "7-wire-2024-1.txt", "7-wire-2024-1.ann", "report.json"]
    assert files["7-wire-2024-1.txt"] == text
    assert files["7-wire-2024-1.ann"].splitlines() == [
        "T1\tPERSON 0 10\tMara Quist",
        "A1\ttitle T1 Dr med",
        "A2\tchief T1",
        "T2\tORG 14 23\tNorthline",
        "N1\tReference T2 Wikidata:Q42\tNorthline",
        "T3\tORG 14 23;24 27\tNorthline and",
        "T4\tORG 28 31;32 36\ther firm",
        "R1\tOWNER Arg1:T1 Arg2:T2",
        "A3\tshare R1 all",
        "*\tEquiv T2 T4",
        "*\tALIAS T2 T3",
        "#1\tAnnotatorNotes T1\tWhich one?",
        "#2\tAnnotatorNotes T1\tThis.",
        "#3\tAnnotatorNotes T2\tWhere?",
    ]
    assert writer.report.dropped == {
        "article labels": 1,
        "attributes that are empty": 1,
        "attributes that are false": 1,
        "comments that are not on a span": 1,
        "comments' authors and times": 2,
        "line breaks in values and comments": 2,
    }
    assert writer.survey([replace(article, text="")]) == writer.report


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(st.text(st.sampled_from("Ab 1,\n\t\r\u2028😀é林"), min_size=1, max_size=20).filter(str.strip))
    places = st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted)
    spans = []
    for points in draw(st.lists(places, max_size=4)):
        pieces = list(zip(points[::2], points[1::2], strict=False))
        value = draw(st.sampled_from([True, "a b", "KB:1", "x\ny"]))
        fragments = tuple(pieces) if len(pieces) > 1 else ()
        start, end = pieces[0][0], pieces[-1][1]
        spans.append(
            Span(uuid4(), start, end, draw(st.sampled_from(["ORG", "A.b/c"])), fragments, {"x": value})
        )
    ids = [span.id for span in spans]
    relations = [
        Relation(uuid4(), draw(st.sampled_from(["COREF", "ALIAS", "OWNER"])), source, target)
        for source, target in pairwise(ids)
    ]
    return ExportArticle(7, "", text, {}, tuple(spans), tuple(relations))


def chains(article: ParsedArticle | ExportArticle, kind: str) -> list[list[int]]:
    """The spans of each chain, by their number in the article."""
    numbers = {span.id: number for number, span in enumerate(article.spans)}
    chains = chains_of(one for one in article.relations if one.type == kind)
    return sorted(sorted(numbers[id_] for id_ in chain) for chain in chains)


@given(_articles())
def test_what_goes_out_comes_in_again_or_is_reported(article: ExportArticle) -> None:
    writer = BratWriter(SCHEMA)
    (after,) = read_articles("a.zip", b"".join(writer.write([article])))
    dropped = writer.report.dropped
    assert after.text == article.text
    assert len(after.spans) == len(article.spans) - dropped.get("spans of white space", 0)
    assert len(after.spans) == writer.report.spans_written
    if dropped.keys() <= {"line breaks in values and comments", "gaps of white space"}:
        assert [place(one) for one in after.spans] == [place(one) for one in article.spans]
        for kind in ("COREF", "ALIAS", "OWNER"):
            assert chains(after, kind) == chains(article, kind)
    if not dropped:
        assert [one.fragments for one in after.spans] == [one.fragments for one in article.spans]
        assert [one.attributes for one in after.spans] == [one.attributes for one in article.spans]


def place(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.label
