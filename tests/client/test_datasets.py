from __future__ import annotations

from typing import Any

import pytest
import spacy

from annotator.users.models import Project, User
from client.annotator_client.frames import frames_of
from client.annotator_client.needs import needed
from client.annotator_client.spacy_docs import docs_of
from tests.builders import make_article, make_span
from tests.client.conftest import SignIn

TEXT = "Mara Ellingsen of Northline Press said 👩‍🔧 on Monday."


def span(words: str, label: str, number: int = 1, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"id": number, "start": start, "end": start + len(words), "label": label, "text": words, **more}


def record(*spans: dict[str, Any], language: str = "en", text: str = TEXT) -> dict[str, Any]:
    metadata = {"language": language, "desk": "world"}
    relation = {"id": 9, "type": "WORKS_FOR", "source": 1, "target": 2, "attributes": {}}
    return {
        "id": 7,
        "external_id": "a7",
        "text": text,
        "metadata": metadata,
        "labels": ["politics"],
        "spans": list(spans),
        "relations": [relation],
    }


def test_docs_hold_all_spans_and_the_longest_as_entities() -> None:
    spans = [span("Mara Ellingsen", "PERSON"), span("Ellingsen", "PERSON"), span("Northline Press", "ORG")]
    (doc,) = docs_of([record(*spans)])
    assert doc.text == TEXT
    assert [(one.text, one.label_) for one in doc.ents] == [
        ("Mara Ellingsen", "PERSON"),
        ("Northline Press", "ORG"),
    ]
    assert [one.text for one in doc.spans["sc"]] == ["Mara Ellingsen", "Ellingsen", "Northline Press"]
    assert doc.cats == {"politics": 1.0}
    assert doc.user_data["article"]["relations"][0]["type"] == "WORKS_FOR"


def test_spans_that_a_doc_cannot_hold_are_listed() -> None:
    gap = span("Mara Ellingsen of Northline", "PERSON", fragments=[[0, 4], [18, 27]])
    with pytest.warns(UserWarning, match="2 spans do not fit"):
        docs = docs_of([record(span("Ellings", "PERSON"), gap, span("Monday", "DATE"))])
    assert [(one.article, one.text) for one in docs.misaligned] == [(7, "Ellings"), (7, gap["text"])]
    assert [one.text for one in docs[0].ents] == ["Monday"]


@pytest.mark.parametrize("language", ["kk", "ru", "en-GB", "xx", "", "nope"])
def test_every_language_has_a_tokenizer(language: str) -> None:
    (doc,) = docs_of([record(span("Monday", "DATE"), language=language)])
    assert [one.text for one in doc.ents] == ["Monday"]


def test_a_pipeline_may_read_the_texts() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    (doc,) = docs_of([record(text="One. Two.")], nlp)
    assert len(list(doc.sents)) == 2


def test_docs_can_be_kept_on_disk() -> None:
    docs = docs_of([record(span("Monday", "DATE"))])
    again = spacy.tokens.DocBin(docs=docs, store_user_data=True).to_bytes()
    (doc,) = spacy.tokens.DocBin().from_bytes(again).get_docs(spacy.blank("en").vocab)
    assert [one.text for one in doc.spans["sc"]] == ["Monday"]


def test_the_server_s_articles_become_docs(sign_in: SignIn, project: Project, manager: User) -> None:
    make_article(project, spans=(make_span(25, 39), make_span(30, 39)), labels=("politics",))
    docs = sign_in(manager).load_dataset(project.slug, as_="spacy")
    assert [one.text for one in docs[0].spans["sc"]] == ["Mara Ellingsen", "Ellingsen"]
    assert docs.misaligned == []
    with pytest.raises(ValueError, match="dicts, spacy or pandas"):
        sign_in(manager).load_dataset(project.slug, as_="numpy")  # type: ignore[call-overload]


def test_frames_hold_articles_spans_and_relations() -> None:
    pytest.importorskip("pandas")
    frames = frames_of([record(span("Monday", "DATE", attributes={"mention": "name"})), record()])
    assert list(frames.articles["desk"]) == ["world", "world"]
    assert frames.spans.loc[0, ["article", "label", "text"]].tolist() == [7, "DATE", "Monday"]
    assert len(frames.relations) == 2
    empty = frames_of([])
    assert [len(one) for one in empty] == [0, 0, 0]
    assert "label" in empty.spans.columns


def test_a_library_that_is_missing_is_named() -> None:
    with pytest.raises(ImportError, match=r"pip install 'annotator-client\[no_such_library\]'"):
        needed("no_such_library")
