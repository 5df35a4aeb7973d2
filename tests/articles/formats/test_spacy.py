from __future__ import annotations

import io
import zipfile
from typing import Any

import orjson
import pytest

from articles.domain.spans import Relation, Span
from articles.formats import spacy as spacy_format
from articles.formats.base import ExportArticle
from articles.formats.spacy import SpacyWriter
from tests.articles.formats.builders import make_article, mark

spacy = pytest.importorskip("spacy", reason="the extra 'en' is not installed")


def test_spacy_reads_what_was_written() -> None:
    from spacy.tokens import DocBin

    text = "University of Leeds won."
    article = make_article(
        text, mark(text, "University of Leeds", "ORG"), mark(text, "Leeds", "GPE"), (0, 3, "LOC")
    )
    content = b"".join(SpacyWriter().write([article]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        docs = DocBin().from_bytes(archive.read("part-0001.spacy"))
        report = orjson.loads(archive.read("report.json"))
    (doc,) = docs.get_docs(spacy.blank("en").vocab)
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("University of Leeds", "ORG")]
    assert {span.text for span in doc.spans["sc"]} == {"University of Leeds", "Leeds"}
    assert report["dropped"] == {"spans that do not end at a token": 1}


def docs_of(articles: list[ExportArticle]) -> tuple[list[Any], dict[str, Any]]:
    from spacy.tokens import DocBin

    content = b"".join(SpacyWriter().write(articles))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".spacy")]
        report = orjson.loads(archive.read("report.json"))
    vocab = spacy.blank("xx").vocab
    return [doc for part in parts for doc in DocBin().from_bytes(part).get_docs(vocab)], report


@pytest.mark.parametrize(
    ("language", "text", "surface"),
    [
        ("en", "Zoe\u0308 of 👩‍🔧 Leeds\r\n\r\nleft. ", "Leeds"),
        ("ru", "Он живёт в Казани.", "Казани"),
        ("kk", "Ол Алматыда тұрады.", "Алматыда"),
        ("tr-TR", "İzmir'de yağmur", "yağmur"),
        ("ar", "قال مدير بنك النيل", "بنك النيل"),
        ("zh", "林若水在昆明说", "昆明"),
        ("ja", "林さんは東京に住んでいる", "東京に住んでいる"),
        ("", "Leeds won", "Leeds"),
        ("xx-no-such", "Leeds won", "Leeds"),
        ("../en", "Leeds won", "Leeds"),
        ("en.stop_words", "Leeds won", "Leeds"),
    ],
)
def test_texts_and_places_survive_in_every_language(language: str, text: str, surface: str) -> None:
    article = make_article(text, mark(text, surface, "GPE"), language=language)
    (doc,), report = docs_of([article])
    assert doc.text == text
    whole = [(one.start_char, one.end_char, one.label_) for one in doc.spans["sc"]]
    assert whole == [mark(text, surface, "GPE")] or report["dropped"] == {
        "spans that do not end at a token": 1
    }


def test_many_articles_are_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_format, "DOCS_A_FILE", 2)
    docs, report = docs_of([make_article(f"Article {number}.") for number in range(5)])
    assert [doc.text for doc in docs] == [f"Article {number}." for number in range(5)]
    assert docs[0].user_data["external_id"] == "a1"
    assert report["sentence"] == "5 articles, 0 spans written; dropped: nothing."


def test_no_article_is_an_empty_zip_with_its_report() -> None:
    docs, report = docs_of([])
    assert (docs, report["articles"]) == ([], 0)


def test_gaps_attributes_and_relations_are_counted() -> None:
    text = "North and South Korea"
    ids = [span.id for span in make_article(text, (0, 1, "X"), (0, 2, "X")).spans]
    spans = (
        Span(ids[0], 0, 21, "GPE", ((0, 5), (16, 21))),
        Span(ids[1], 10, 21, "GPE", (), {"mention": "name"}),
    )
    article = ExportArticle(1, "", text, {}, spans, (Relation(ids[0], "R", ids[0], ids[1]),))
    _, report = docs_of([article])
    assert report["dropped"] == {"relations": 1, "spans with gaps": 1, "spans' attributes": 1}
