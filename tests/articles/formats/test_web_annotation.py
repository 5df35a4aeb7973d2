"""W3C Web Annotation: what the Recommendation asks of annotations, and that each selector finds its words."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from uuid import UUID

import orjson
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, Remark, Talk
from tests.articles.formats.builders import make_writer

TEXT = "Aru 😀 leads Northline. She is in Bergen."
ARU = Span(UUID(int=1), 0, 3, "PERSON", (), {"link": "https://example.com/Q1", "title": "Dr", "dead": False})
FIRM = Span(UUID(int=2), 12, 21, "ORG", (), {"link": "Q2"})
GAP = Span(UUID(int=3), 0, 21, "PHRASE", ((0, 3), (12, 21)))
LEADS = Relation(UUID(int=4), "LEADS", ARU.id, FIRM.id, {"since": "2020"})
TALKS = (
    Talk((Remark("ana", "Which one?", "2026-01-02T03:04:05+00:00"), Remark("", "This.")), 0, 3, ARU.id),
    Talk((Remark("ana", "Here."),), 33, 39),
    Talk((Remark("ana", "Good."),)),
)
ARTICLE = ExportArticle(
    7,
    "a/1",
    TEXT,
    {"title": "Aru", "language": "en", "url": "https://example.com/a"},
    (ARU, FIRM, GAP),
    (LEADS,),
    ("economy",),
    (),
    TALKS,
)


def write(article: ExportArticle) -> dict[str, bytes]:
    writer = make_writer("web-annotation")
    with zipfile.ZipFile(io.BytesIO(b"".join(writer.write([article])))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def items_of(article: ExportArticle) -> list[dict[str, Any]]:
    (content,) = (content for name, content in write(article).items() if name.endswith(".jsonld"))
    collection = orjson.loads(content)
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["type"] == "AnnotationPage"
    assert collection["total"] == len(collection["first"]["items"])
    items: list[dict[str, Any]] = collection["first"]["items"]
    return items


def targets_of(item: dict[str, Any]) -> list[Any]:
    return item["target"] if isinstance(item["target"], list) else [item["target"]]


def words_of(item: dict[str, Any], purpose: str) -> list[str]:
    return [body.get("value") or body["source"] for body in item["body"] if body["purpose"] == purpose]


def test_spans_are_tagged_and_selected_twice() -> None:
    files = write(ARTICLE)
    assert list(files) == ["7-a-1.txt", "7-a-1.jsonld", "report.json"]
    assert files["7-a-1.txt"].decode() == TEXT
    aru, firm, gap, *_ = items_of(ARTICLE)
    assert (aru["id"], aru["type"], aru["motivation"]) == (ARU.id.urn, "Annotation", "tagging")
    assert [words_of(aru, purpose) for purpose in ("tagging", "describing", "identifying")] == [
        ["PERSON"],
        ["title: Dr", "dead: false"],
        ["https://example.com/Q1"],
    ]
    assert words_of(firm, "identifying") == ["Q2"]
    assert firm["target"]["source"] == {
        "id": "7-a-1.txt",
        "type": "Text",
        "format": "text/plain",
        "language": "en",
        "via": "https://example.com/a",
    }
    assert firm["target"]["selector"] == [
        {"type": "TextPositionSelector", "start": 12, "end": 21},
        {
            "type": "TextQuoteSelector",
            "exact": "Northline",
            "prefix": "Aru 😀 leads ",
            "suffix": ". She is in Bergen.",
        },
    ]
    assert [one["selector"][1]["exact"] for one in gap["target"]] == ["Aru", "Northline"]


def test_relations_link_from_their_target_to_their_body() -> None:
    (link,) = [one for one in items_of(ARTICLE) if one["motivation"] == "linking"]
    assert (link["target"], words_of(link, "linking")) == (ARU.id.urn, [FIRM.id.urn])
    assert (words_of(link, "tagging"), words_of(link, "describing")) == (["LEADS"], ["since: 2020"])


def test_labels_of_the_article_and_comments() -> None:
    label, *comments = items_of(ARTICLE)[4:]
    assert (words_of(label, "tagging"), label["target"]["id"]) == (["economy"], "7-a-1.txt")
    first, answer, words, whole = comments
    assert (first["target"], first["motivation"]) == (ARU.id.urn, "commenting")
    assert (first["creator"]["nickname"], first["created"]) == ("ana", "2026-01-02T03:04:05+00:00")
    assert (answer["target"], answer["motivation"], "creator" in answer) == (first["id"], "replying", False)
    assert words["target"]["selector"][1]["exact"] == "Bergen"
    assert whole["target"]["id"] == "7-a-1.txt"
    assert items_of(ARTICLE)[4:] == [label, *comments], "ids are the same every time"


MOTIVATIONS = {"commenting", "describing", "identifying", "linking", "replying", "tagging"}
_places = st.lists(st.integers(0, 12), min_size=2, max_size=2, unique=True).map(sorted)


@given(st.text("Ab 😀é\n\r\u0301", min_size=12, max_size=40), st.lists(_places, max_size=4))
def test_what_the_recommendation_asks(text: str, places: list[list[int]]) -> None:
    spans = tuple(Span(UUID(int=n), start, end, "X") for n, (start, end) in enumerate(places, start=1))
    items = items_of(ExportArticle(1, "", text, {"url": "not an address"}, spans))
    assert len({one["id"] for one in items}) == len(spans)
    for item in items:
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", item["id"])
        assert item["type"] == "Annotation"
        assert item["motivation"] in MOTIVATIONS
        assert all(body["type"] in ("TextualBody", "SpecificResource") for body in item["body"])
        for target in targets_of(item):
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert "via" not in target["source"]
