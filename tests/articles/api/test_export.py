"""One call gives the dataset: what was imported, by every format and filter."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import orjson
import pytest

from annotator.users.models import Project, User
from articles.models import Article
from tests.articles.api.conftest import Api
from tests.articles.api.test_imports import bring_in
from tests.builders import make_project

RECORDS: list[dict[str, Any]] = [
    {
        "external_id": "a",
        "text": "Bank of Leeds paid 👩‍🔧 Zoe\u0308 now.\r\nShe left.",
        "title": "Bank",
        "language": "en",
        "published_on": "2024-05-01",
        "metadata": {"desk": {"name": "world"}, "pages": [1, 2.5, None]},
        "spans": [
            {"id": 1, "start": 0, "end": 13, "label": "ORG", "attributes": {"mention": "name"}},
            {"id": 2, "start": 8, "end": 13, "label": "GPE"},
            {"id": 3, "start": 23, "end": 27, "label": "PERSON"},
            {"id": 4, "start": 34, "end": 37, "label": "PERSON"},
        ],
        "relations": [{"type": "COREF", "source": 4, "target": 3}],
    },
    {
        "external_id": "b",
        "text": "林若水在昆明说话。",
        "language": "zh",
        "published_on": "2024-06-01",
        "spans": [{"start": 0, "end": 3, "label": "PERSON"}, {"start": 4, "end": 6, "label": "GPE"}],
    },
]


@pytest.fixture
def imported(project: Project, manager: User) -> Project:
    lines = b"\n".join(orjson.dumps(record) for record in RECORDS)
    bring_in(manager, project, lines, "a.jsonl")
    return project


def export(call: Api, user: User, project: Project, query: str = "") -> bytes:
    answer = call(user, "GET", f"projects/{project.slug}/export/{query}")
    assert answer.status == 200
    return answer.raw


def places(record: dict[str, Any]) -> list[tuple[int, int, str, Any]]:
    return [(one["start"], one["end"], one["label"], one.get("attributes", {})) for one in record["spans"]]


def test_jsonl_is_what_was_imported(imported: Project, viewer: User, call: Api) -> None:
    lines = [orjson.loads(line) for line in export(call, viewer, imported).splitlines()]
    for line, record in zip(lines, RECORDS, strict=True):
        assert (line["external_id"], line["text"]) == (record["external_id"], record["text"])
        assert places(line) == places(record)
        assert all(one["text"] == line["text"][one["start"] : one["end"]] for one in line["spans"])
        assert line["metadata"]["published_on"] == record["published_on"]
    assert lines[0]["metadata"]["desk"] == {"name": "world"}
    assert lines[0]["metadata"]["pages"] == [1, 2.5, None]
    surfaces = {one["id"]: one["text"] for one in lines[0]["spans"]}
    (relation,) = lines[0]["relations"]
    assert (relation["type"], surfaces[relation["source"]], surfaces[relation["target"]]) == (
        "COREF",
        "She",
        "Zoe\u0308",
    )


def test_an_export_imported_and_exported_again_is_the_same(
    imported: Project, manager: User, administrator: User, call: Api
) -> None:
    first = export(call, manager, imported)
    other = make_project()
    bring_in(administrator, other, first, "a.jsonl")
    again = export(call, administrator, other)
    for before, after in zip(first.splitlines(), again.splitlines(), strict=True):
        one, two = orjson.loads(before), orjson.loads(after)
        assert (one["text"], one["metadata"], places(one)) == (two["text"], two["metadata"], places(two))


def test_conll_outermost_and_innermost(imported: Project, viewer: User, call: Api) -> None:
    outer = export(call, viewer, imported, "?format=conll").decode()
    assert "Bank -X- O B-ORG\nof -X- O I-ORG\nLeeds -X- O I-ORG\n" in outer
    assert "Zoe\u0308 -X- O B-PERSON\n" in outer
    assert "昆 -X- O B-GPE\n明 -X- O I-GPE\n" in outer
    assert outer.count("-DOCSTART-") == 2
    inner = export(call, viewer, imported, "?format=conll&nested=innermost").decode()
    assert "of -X- O O\nLeeds -X- O B-GPE\n" in inner


def test_spacy_opens_with_spacy(imported: Project, viewer: User, call: Api) -> None:
    spacy = pytest.importorskip("spacy", reason="the extra 'en' is not installed")
    from spacy.tokens import DocBin

    with zipfile.ZipFile(io.BytesIO(export(call, viewer, imported, "?format=spacy"))) as archive:
        report = orjson.loads(archive.read("report.json"))
        docs = list(DocBin().from_bytes(archive.read("part-0001.spacy")).get_docs(spacy.blank("xx").vocab))
    assert [doc.text for doc in docs] == [record["text"] for record in RECORDS]
    found = [(one.start_char, one.end_char, one.label_) for one in docs[0].spans["sc"]]
    assert found == [place[:3] for place in places(RECORDS[0])]
    assert report["dropped"] == {"relations": 1, "spans' attributes": 1}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?language=zh", ["b"]),
        ("?published_after=2024-05-15", ["b"]),
        ("?published_before=2024-05-15", ["a"]),
        ("?label=ORG", ["a"]),
        ("?q=Leeds", ["a"]),
        ("?status=gold", ["a", "b"]),
        ("?status=new", []),
        ("?language=kk", []),
    ],
)
def test_filters(imported: Project, viewer: User, call: Api, query: str, expected: list[str]) -> None:
    lines = export(call, viewer, imported, query).splitlines()
    assert [orjson.loads(line)["external_id"] for line in lines] == expected


def test_archived_articles_are_not_exported(imported: Project, viewer: User, call: Api) -> None:
    Article.objects.filter(external_id="a").update(archived_at="2026-01-01T00:00Z")
    assert len(export(call, viewer, imported).splitlines()) == 1


def test_the_answer_is_a_stream_with_a_name(imported: Project, viewer: User, call: Api) -> None:
    answer = call(viewer, "GET", f"projects/{imported.slug}/export/")
    assert answer.response.streaming
    assert answer.type == "application/x-ndjson"
    assert f'filename="{imported.slug}-gold.jsonl"' in answer.response["Content-Disposition"]
    assert next(iter(answer.response.streaming_content)).startswith(b'{"id":')
