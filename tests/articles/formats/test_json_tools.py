"""doccano, Label Studio and Prodigy: files as those tools write them, and our own read back."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.spans import Relation, Span
from articles.formats.base import ExportArticle, ParsedArticle, Problem, Reading, Remark, Talk, Tokens
from tests.articles.formats import builders
from tests.articles.formats.builders import make_writer
from tests.articles.formats.builders import read_articles as read

TEXT = "Aru Sadykova 😀 leads Northline in Bergen."
PERSON, ORG, GPE = (0, 12, "PERSON"), (21, 30, "ORG"), (34, 40, "GPE")
ALL = [PERSON, ORG, GPE]


def place(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.label


def places(article: ParsedArticle | ExportArticle) -> list[tuple[int, int, str]]:
    return sorted(place(span) for span in article.spans)


def lines(*records: object) -> bytes:
    return b"".join(orjson.dumps(one) + b"\n" for one in records)


def test_doccano_with_triples_and_other_columns() -> None:
    (one,) = read(
        "all.jsonl", lines({"id": 3, "text": TEXT, "label": [list(s) for s in ALL], "desk": "city"})
    )
    assert places(one) == ALL
    assert (one.external_id, one.metadata) == ("3", {"desk": "city"})


def test_doccano_with_entities_relations_and_comments() -> None:
    entities = [
        {"id": number, "start_offset": start, "end_offset": end, "label": label}
        for number, (start, end, label) in enumerate(ALL, start=11)
    ]
    relations = [{"id": 1, "from_id": 11, "to_id": 12, "type": "LEADS"}]
    record = {"id": 1, "text": TEXT, "entities": entities, "relations": relations, "Comments": ["Sure?"]}
    (one,) = read("admin.jsonl", lines(record))
    by_id = {span.id: span for span in one.spans}
    (link,) = one.relations
    assert (by_id[link.source].label, link.type, by_id[link.target].label) == ("PERSON", "LEADS", "ORG")
    assert one.talks == (Talk((Remark("", "Sure?"),)),)
    assert one.metadata == {}


def test_doccano_with_intents_and_slots() -> None:
    (one,) = read("i.jsonl", lines({"text": TEXT, "entities": [list(s) for s in ALL], "cats": ["economy"]}))
    assert (places(one), one.labels, one.metadata) == (ALL, ("economy",), {})


def test_doccano_in_one_list() -> None:
    content = orjson.dumps([{"text": TEXT, "label": ["economy"]}, {"text": TEXT, "label": "sport"}])
    assert [one.labels for one in read("c.json", content)] == [("economy",), ("sport",)]


def test_doccano_labels_of_the_whole_text() -> None:
    (one,) = read("c.jsonl", lines({"text": TEXT, "label": ["economy"]}))
    assert (one.labels, one.spans) == (("economy",), ())


def region(id_: str, start: int, end: int, *labels: str) -> dict[str, object]:
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": list(labels)}
    return {"id": id_, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def task(*annotations: dict[str, object], **more: object) -> dict[str, object]:
    data = {"text": TEXT, "desk": "city"}
    predictions = [{"model_version": "m", "score": 0.5, "result": [region("p", 0, 3, "DATE")]}]
    return {"id": 5, "data": data, "annotations": list(annotations), "predictions": predictions, **more}


def test_label_studio_takes_the_ground_truth() -> None:
    old = {"result": [region("x", *PERSON[:2], "ORG")], "updated_at": "2026-01-03", "ground_truth": False}
    cancelled = {"result": [region("y", *ORG[:2], "GPE")], "was_cancelled": True, "ground_truth": True}
    choice = {**region("a", *PERSON[:2]), "type": "choices", "from_name": "certainty"}
    choice["value"] = {"start": 0, "end": 12, "choices": ["high", "low"]}
    result = [
        choice,
        {**region("a", *PERSON), "meta": {"text": ["Who?"]}},
        region("b", *ORG),
        {"type": "choices", "from_name": "topic", "to_name": "text", "value": {"choices": ["economy"]}},
        {"type": "taxonomy", "from_name": "t", "to_name": "text", "value": {"taxonomy": [["a", "b"]]}},
        {"type": "relation", "from_id": "b", "to_id": "a", "direction": "left", "labels": ["LEADS"]},
    ]
    good = {"result": result, "updated_at": "2026-01-01", "ground_truth": True}
    (one,) = read("project-1.json", orjson.dumps([task(old, cancelled, good)]))
    assert places(one) == [PERSON, ORG]
    assert one.spans[0].attributes == {"certainty": "high"}
    assert (one.labels, one.external_id, one.metadata) == (("economy",), "5", {"desk": "city"})
    by_id = {span.id: span for span in one.spans}
    assert (by_id[one.relations[0].source].label, one.relations[0].type) == ("PERSON", "LEADS")
    assert one.talks == (Talk((Remark("", "Who?"),), 0, 12, one.spans[0].id),)
    assert one.dropped == {
        "annotations by people without a name": 1,
        "further choices for one span": 1,
        "values of other controls": 1,
    }


def test_label_studio_layers_of_people_and_of_models() -> None:
    by_ada = {"completed_by": {"id": 1, "email": "ada@example.org"}, "result": [region("a", *PERSON)]}
    by_bo = {"completed_by": {"id": 2, "username": "bo"}, "result": [region("a", *ORG)]}
    annotations: list[dict[str, object]] = [
        {**by_ada, "updated_at": "2026-01-05"},
        {**by_bo, "updated_at": "2026-01-03"},
        {**by_bo, "updated_at": "2026-01-02", "result": []},
        {"completed_by": 7, "updated_at": "2026-01-04", "result": []},
    ]
    predictions = [
        {"model_version": "Big NER v2.1", "score": 0.5, "result": [{**region("p", *GPE), "score": 0.9}]},
        {"model_version": None, "score": 0.25, "result": [region("p", *ORG), region("q", *GPE)]},
        17,
    ]
    (one,) = read("x.json", orjson.dumps([task(*annotations, predictions=predictions)]))
    assert places(one) == [PERSON]
    layers = {each.author: [(*place(span), span.confidence) for span in each.spans] for each in one.readings}
    assert layers == {
        "user:bo": [(*ORG, None)],
        "engine:big-ner-v2-1": [(*GPE, 0.9)],
        "engine:model": [(*ORG, 0.25), (*GPE, 0.25)],
    }
    assert one.dropped == {
        "annotations by people without a name": 1,
        "older annotations by the same person": 1,
    }


def test_label_studio_relations_in_both_directions_and_with_two_labels() -> None:
    links = [
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "bi", "labels": ["KNOWS"]},
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": ["X", "Y"]},
        {"type": "relation", "from_id": "b", "to_id": "a"},
    ]
    annotated = task({"result": [region("a", *PERSON), region("b", *ORG), *links]})
    (one,) = read("x.json", orjson.dumps([annotated]))
    a, b = (span.id for span in one.spans)
    assert [(link.type, link.source, link.target) for link in one.relations] == [
        ("KNOWS", a, b),
        ("KNOWS", b, a),
        ("X", a, b),
        ("Y", a, b),
        ("RELATED", b, a),
    ]


def test_label_studio_regions_with_two_labels_and_texts_of_another_name() -> None:
    annotated = task({"result": [region("a", 0, 12, "PERSON", "TITLE")]}, data={"article": TEXT})
    (one,) = read("x.json", orjson.dumps([annotated]))
    assert places(one) == [(0, 12, "PERSON"), (0, 12, "TITLE")]


def test_label_studio_regions_without_a_label_and_notes_on_a_prediction() -> None:
    bare = {**region("a", *PERSON[:2]), "value": {"start": 0, "end": 12, "text": TEXT[:12]}}
    guess = {"model_version": "m", "result": [{**region("p", *ORG), "meta": {"text": "Unsure."}}]}
    (one,) = read("x.json", orjson.dumps([task({"result": [bare]}, predictions=[guess])]))
    assert (one.spans, one.dropped) == ((), {"regions without a label": 1})
    assert one.talks == (Talk((Remark("", "Unsure."),), 21, 30, one.readings[0].spans[0].id),)


def test_label_studio_short_form() -> None:
    regions = [{"start": s, "end": e, "text": TEXT[s:e], "labels": [label]} for s, e, label in ALL]
    record = {"id": 9, "text": TEXT, "ner": regions, "annotator": 1, "annotation_id": 4, "lead_time": 3.5}
    (one,) = read("min.json", orjson.dumps([record]))
    assert (places(one), one.external_id, one.metadata) == (ALL, "9", {})


def prodigy(**more: object) -> dict[str, object]:
    spans = [
        {"start": start, "end": end, "token_start": 0, "token_end": 1, "label": label}
        for start, end, label in ALL
    ]
    return {"text": TEXT, "spans": spans, "meta": {"desk": "city"}, "_task_hash": 1, "_input_hash": 2, **more}


def test_prodigy_with_relations_and_meta() -> None:
    head, child = ({"start": s, "end": e, "label": label} for s, e, label in (PERSON, ORG))
    relation = {"head": 1, "child": 4, "head_span": head, "child_span": child, "label": "LEADS"}
    (one,) = read("p.jsonl", lines(prodigy(answer="accept", relations=[relation])))
    assert (places(one), len(one.relations), one.metadata) == (ALL, 1, {"desk": "city"})


def test_prodigy_relations_between_tokens() -> None:
    """As in the manual's example of dependencies: an end has no label, or is a token and no more."""
    spans = [
        {"start": start, "end": end, "token_end": last, "label": label}
        for (start, end, label), last in zip(ALL, (1, 4, 6), strict=True)
    ]
    links = [
        {"head": 1, "child": 4, "label": "A", "head_span": {"start": 4, "end": 12, "label": None}},
        {"head": 1, "child": 6, "label": "B"},
        {"head": 3, "child": 6, "label": "C", "head_span": {"start": 15, "end": 20, "label": None}},
    ]
    (one,) = read("p.jsonl", lines(prodigy(answer="accept", spans=spans, relations=links)))
    assert [link.type for link in one.relations] == ["A", "B"]
    assert one.dropped == {"relations between tokens that are no spans": 1}


def test_prodigy_keeps_tokens_when_spans_fit_them() -> None:
    bounds = ((0, 3), (4, 12), (13, 14), (15, 20), (21, 30), (31, 33), (34, 40), (40, 41))
    rows = [
        {"text": TEXT[start:end], "start": start, "end": end, "id": number, "ws": False, "disabled": True}
        for number, (start, end) in enumerate(bounds)
    ]
    (one,) = read("p.jsonl", lines(prodigy(answer="accept", tokens=rows)))
    assert one.tokens == Tokens(bounds)
    written, _ = builders.write("prodigy", ExportArticle(1, "", TEXT, {}, one.spans, tokens=one.tokens))
    again = orjson.loads(written)
    assert tuple((row["start"], row["end"]) for row in again["tokens"]) == bounds
    assert [(row["token_start"], row["token_end"]) for row in again["spans"]] == [(0, 1), (4, 4), (6, 6)]
    odd = Span(uuid4(), 1, 3, "X")
    written, _ = builders.write("prodigy", ExportArticle(1, "", TEXT, {}, (odd,), tokens=one.tokens))
    assert {"text": "ru", "start": 1, "end": 3, "id": 1, "ws": True} in orjson.loads(written)["tokens"]


def test_prodigy_labels_of_the_whole_text() -> None:
    options = [{"id": "economy", "text": "Economy"}, {"id": 2, "text": "Sport"}]
    records = [
        prodigy(answer="accept", options=options, accept=["economy", 2], config={"choice_style": "multiple"}),
        prodigy(answer="accept", label="ECONOMY"),
        prodigy(answer="reject", label="ECONOMY"),
    ]
    found = read("p.jsonl", lines(*records))
    assert [one.labels for one in found] == [("economy", "2"), ("ECONOMY",), ()]
    assert all(one.metadata == {"desk": "city"} for one in found)


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_prodigy_spans_that_were_refused_are_not_read(answer: str) -> None:
    (one,) = read("p.jsonl", lines(prodigy(answer=answer)))
    assert (one.text, one.spans) == (TEXT, ())


@pytest.mark.parametrize(
    ("file_format", "record", "reason"),
    [
        ("doccano", {"text": "a", "label": [[0, 1]]}, "start, end, label"),
        ("doccano", {"text": "a", "label": {"x": 1}}, "list"),
        ("doccano", {"text": "a", "entities": [1]}, '"entities"'),
        ("doccano", {"text": "a", "label": [[0, 9, "X"]]}, "outside"),
        (
            "doccano",
            {"text": "a", "relations": [{"from_id": 1, "to_id": 2, "type": "R"}]},
            "source and target",
        ),
        ("label-studio", {"data": {"a": "1", "b": "2"}}, '"text"'),
        ("label-studio", {"data": {"text": "a"}, "annotations": 1}, '"annotations"'),
        (
            "label-studio",
            {"data": {"text": "a"}, "annotations": [{"result": [{"type": "labels"}]}]},
            '"value"',
        ),
        (
            "label-studio",
            {
                "data": {"text": "a"},
                "annotations": [{"result": [{"value": {"start": "/p[1]", "labels": []}}]}],
            },
            "hypertext",
        ),
        ("prodigy", {"text": "a", "spans": [1]}, '"spans"'),
        ("prodigy", {"text": "a", "spans": 3}, '"spans"'),
        ("prodigy", {"text": "a", "meta": "x"}, '"meta"'),
        ("prodigy", {"text": "a", "tokens": [{"text": "b", "start": 0, "end": 1}]}, "says 'b'"),
        ("prodigy", {"text": "a", "tokens": [{"text": "a"}]}, "token has start and end"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(file_format: str, record: object, reason: str) -> None:
    content = lines({"text": "First.", "data": {"text": "First."}}, record)
    first, second = builders.read("x", content, file_format)
    assert isinstance(first, ParsedArticle)
    assert isinstance(second, Problem)
    assert second.line == 2
    assert reason in second.reason


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "label", "entities", "data", "annotations", "result", "value", "labels", "spans"]
            )
            | st.sampled_from(
                ["start", "end", "relations", "head_span", "id", "type", "from_id", "meta", "answer"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_json, st.sampled_from(["doccano", "label-studio", "prodigy", "auto"]))
def test_any_json_is_read_or_refused(value: object, file_format: str) -> None:
    content = orjson.dumps(value)
    for found in builders.read("x.jsonl", content, file_format):
        assert isinstance(found, ParsedArticle | Problem)


@st.composite
def _articles(draw: st.DrawFn) -> ExportArticle:
    text = draw(st.text(st.sampled_from("Ab 1,\n😀é林"), min_size=1, max_size=20).filter(str.strip))
    found = set()
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        found.add((start, draw(st.integers(start + 1, len(text))), draw(st.sampled_from(["ORG", "GPE"]))))
    spans = tuple(Span(uuid4(), *place) for place in sorted(found))
    links = (Relation(uuid4(), "PART_OF", spans[0].id, spans[1].id),) if len(spans) > 1 else ()
    return ExportArticle(7, draw(st.sampled_from(["", "a-1"])), text, {"desk": "city"}, spans, links)


@pytest.mark.parametrize("file_format", ["doccano", "label-studio", "prodigy"])
@given(articles=st.lists(_articles(), min_size=1, max_size=3))
def test_what_goes_out_comes_in_again(file_format: str, articles: list[ExportArticle]) -> None:
    writer = make_writer(file_format)
    content = b"".join(writer.write(articles))
    after = read(f"x{writer.extension}", content)
    assert [(one.text, places(one)) for one in after] == [(one.text, places(one)) for one in articles]
    assert sum(len(one.relations) for one in after) == sum(len(one.relations) for one in articles)
    assert all(one.metadata["desk"] == "city" for one in after)
    assert writer.report.spans_written == sum(len(one.spans) for one in articles)


def test_label_studio_layers_go_out_and_come_in_again() -> None:
    gold = (Span(uuid4(), *PERSON),)
    by_ada = Reading("user:ada", (Span(uuid4(), *ORG, (), {"sure": True}),), (), ("economy",))
    by_rules = Reading("engine:rules", (Span(uuid4(), *GPE, confidence=0.5), Span(uuid4(), *ORG)))
    for spans in (gold, ()):
        article = ExportArticle(1, "a", TEXT, {}, spans, readings=(by_ada, by_rules))
        (one,) = read("x.json", builders.write("label-studio", article)[0])
        assert (one.spans, one.readings) == (spans, (by_ada, by_rules))


def test_label_studio_short_form_goes_out_and_comes_in_again() -> None:
    person, org = Span(uuid4(), *PERSON), Span(uuid4(), *ORG, (), {"kind": "firm"})
    link = Relation(uuid4(), "LEADS", person.id, org.id)
    metadata = {"desk": "city", "tags": ["a"]}
    readings = (Reading("user:ada"),)
    article = ExportArticle(1, "a", TEXT, metadata, (person, org), (link,), ("economy",), readings)
    content, report = builders.write("label-studio", article, form="min")
    (one,) = read("x.json", content)
    assert (places(one), one.labels, one.metadata) == ([PERSON, ORG], ("economy",), metadata)
    assert report.dropped == {"relations": 1, "spans' attributes": 1, "layers besides gold": 1}
    assert make_writer("label-studio", form="min").survey([article]) == report


def test_doccano_comments_go_out_and_come_in_again() -> None:
    talk = Talk((Remark("ada", "Sure?"), Remark("bo", "Yes.")), 0, 3, resolved=True)
    (one,) = read("x.jsonl", builders.write("doccano", ExportArticle(1, "", TEXT, {}, (), talks=(talk,)))[0])
    assert one.talks == (Talk((Remark("", "Sure?"), Remark("", "Yes."))),)


def test_what_has_no_place_is_counted() -> None:
    gap = Span(uuid4(), 0, 12, "PERSON", ((0, 3), (4, 12)))
    rich = Span(uuid4(), 21, 30, "ORG", (), {"kind": "firm"})
    link = Relation(uuid4(), "LEADS", gap.id, rich.id)
    article = ExportArticle(1, "", TEXT, {}, (gap, rich), (link,), ("economy",))
    for file_format, more in (
        ("doccano", {"spans' attributes": 1, "article labels": 1}),
        ("prodigy", {"spans' attributes": 1, "article labels": 1}),
        ("label-studio", {}),
    ):
        writer = make_writer(file_format)
        assert b"".join(writer.write([article]))
        assert writer.report.dropped == {"spans with gaps": 1, "relations": 1, **more}
        assert writer.survey([replace(article, text="")]) == writer.report
