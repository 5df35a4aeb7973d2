from __future__ import annotations

import io
import zipfile

import orjson
import pytest

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
