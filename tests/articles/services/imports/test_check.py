"""What becomes of names: of labels and the like that the schema lacks, and of people who are no members."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.schemas.definition import Definition
from annotator.schemas.models import SchemaVersion
from annotator.schemas.queries import published_definition
from annotator.schemas.services.publishing import publish, save_draft
from annotator.users.models import Project, User
from articles.models import Article, Import, Job, Layer, LayerLabel, Relation, Span
from articles.services.intake.articles import store_articles
from tests.scenarios.imports import bring_in, confirmed, line, stage, work

TEXT = "Mara Ellingsen leads Northline Press."
ADD, LEAVE_OUT = Import.Unknown.ADD, Import.Unknown.LEAVE_OUT


def span(start: int, end: int, label: str, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "label": label, **more}


MARA, PRESS = span(0, 14, "PER", id="m"), span(21, 36, "COMPANY", id="p")
LEADS = {"source": "m", "target": "p", "type": "heads"}


def publish_names(project: Project, by: User, *labels: str, **more: Any) -> None:
    publish(project=project, data={"labels": [{"name": name} for name in labels], **more}, by=by)


def definition_of(project: Project) -> Definition:
    return published_definition(project.pk)


def versions(project: Project) -> int:
    return SchemaVersion.objects.filter(schema__project=project).count()


def stored_labels() -> set[str]:
    return set(Span.objects.values_list("label", flat=True))


def test_names_of_the_file_become_those_of_the_schema(
    project: Project, manager: User, annotator: User
) -> None:
    more = {
        "relations": [{"name": "LEADS"}],
        "attributes": [{"name": "sure"}],
        "article_labels": [{"name": "economy"}],
    }
    publish_names(project, manager, "PERSON", "ORG", **more)
    content = line(
        text=TEXT,
        spans=[{**MARA, "attributes": {"certainty": "high", "colour": "red"}}, PRESS, span(0, 4, "MISC")],
        relations=[LEADS],
        labels=["business"],
        layers=[{"author": "user:eva", "spans": [MARA]}, {"author": "user:bot", "spans": [MARA]}],
    )
    mapping = {
        "labels": {"PER": "PERSON", "COMPANY": "ORG", "MISC": ""},
        "relations": {"heads": "LEADS"},
        "attributes": {"certainty": "sure", "colour": ""},
        "article_labels": {"business": "economy"},
        "authors": {"user:eva": "user:annotator", "user:bot": ""},
    }
    job = bring_in(project, manager, content, mapping=mapping)
    assert job.report["dropped"] == {"spans left out": 1, "attributes left out": 1, "layers left out": 1}
    gold = Layer.objects.gold().get()
    assert sorted(gold.spans.values_list("label", "attributes__sure")) == [("ORG", None), ("PERSON", "high")]
    assert Relation.objects.get().type == "LEADS"
    assert LayerLabel.objects.get(layer=gold).name == "economy"
    assert [layer.author for layer in Layer.objects.by_people()] == ["user:annotator"]


def test_unknown_names_are_problems_and_proposed(project: Project, manager: User) -> None:
    content = line(text=TEXT, spans=[MARA, PRESS]) + line(text="Mara went.", spans=[span(0, 4, "PER")])
    upload = stage(project, manager, content)
    assert upload.preview["problem_count"] == 2
    assert upload.preview["unknown"] == {"labels": {"PER": 2, "COMPANY": 1}}
    assert versions(project) == 1


def test_unknown_names_are_added_in_one_version(project: Project, manager: User) -> None:
    rows = [
        {"text": TEXT, "spans": [MARA, PRESS], "relations": [LEADS], "labels": ["business"]},
        {"text": "Eva went.", "spans": [span(0, 3, "PER", attributes={"dead": True, "age": "40"})]},
        {"text": "Ida went.", "spans": [span(0, 3, "SAINT")]},
    ]
    upload = stage(project, manager, b"".join(line(**row) for row in rows), unknown=ADD)
    assert upload.preview["problem_count"] == 0
    assert upload.preview["unknown"]["labels"] == {"PER": 2, "COMPANY": 1, "SAINT": 1}
    assert versions(project) == 1
    job = bring_in(project, manager, b"".join(line(**row) for row in rows), unknown=ADD)
    assert job.report["imported"] == 3
    assert versions(project) == 2
    definition = definition_of(project)
    assert {"PER", "COMPANY", "SAINT", "PERSON"} <= definition.active_names
    assert "heads" in definition.relations_by_name
    kinds = {name: one.type for name, one in definition.attributes_by_name.items()}
    assert (kinds["dead"], kinds["age"]) == ("boolean", "text")
    assert "business" in definition.article_label_names
    bring_in(project, manager, line(text="Ada went.", spans=[span(0, 3, "PER")]), unknown=ADD)
    assert versions(project) == 2


def test_a_name_that_is_mapped_to_itself_is_added(project: Project, manager: User) -> None:
    content = line(text=TEXT, spans=[MARA, PRESS])
    upload = stage(project, manager, content, mapping={"labels": {"PER": "PER"}})
    assert upload.preview["problems"] == ["a.jsonl, line 1: There is no label 'COMPANY' in the schema."]
    job = bring_in(project, manager, content, mapping={"labels": {"PER": "PER", "COMPANY": "ORG"}})
    assert job.state == Job.State.SUCCEEDED
    assert "PER" in definition_of(project).active_names
    assert stored_labels() == {"PER", "ORG"}


def test_a_retired_label_comes_back(project: Project, manager: User) -> None:
    publish_names(project, manager, "ORG")
    bring_in(project, manager, line(text="Mara went.", spans=[span(0, 4, "PERSON")]), unknown=ADD)
    assert {"ORG", "PERSON"} <= definition_of(project).active_names


def test_what_no_schema_can_name_is_a_problem(project: Project, manager: User) -> None:
    for name in ("two words", "<script>", "=1+1", "9", "a" * 65, "tab\tbed"):
        content = line(text="Mara went.", spans=[span(0, 4, name)])
        upload = stage(project, manager, content, unknown=ADD)
        assert upload.preview["problem_count"] == 1, name
    assert bring_in(project, manager, content, unknown=ADD).state == Job.State.FAILED
    assert versions(project) == 1


def test_names_that_are_too_many_are_a_problem_where_they_are_too_many(
    project: Project, manager: User
) -> None:
    publish_names(project, manager, *(f"L{number}" for number in range(150)))
    free = 200 - len(definition_of(project).labels)
    rows = [line(text=f"Text {n}.", spans=[span(0, 4, f"NEW{n}")]) for n in range(free + 2)]
    upload = stage(project, manager, b"".join(rows), unknown=ADD)
    assert upload.preview["articles"] == free
    reason = 'Its names cannot be added to the schema: "labels" holds at most 200 entries, not 201.'
    assert upload.preview["problems"] == [f"a.jsonl, line {free + n}: {reason}" for n in (1, 2)]


def test_a_failed_import_publishes_nothing(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = line(text="Mara went.", spans=[span(0, 4, "PER")]), b"{broken\n"
    assert bring_in(project, manager, good + bad, unknown=ADD).state == Job.State.FAILED
    job = confirmed(project, manager, good, unknown=ADD)
    monkeypatch.setattr("articles.services.imports.importing.preannotate_new", None)
    assert work(job).state == Job.State.FAILED
    assert versions(project) == 1
    assert not Article.objects.exists()


def test_what_is_left_out_adds_no_names(project: Project, manager: User) -> None:
    good = line(text="Mara went.", spans=[span(0, 4, "PER")])
    bad = line(text="Eva went.", spans=[span(0, 3, "SAINT"), span(0, 3, "two words")])
    job = bring_in(project, manager, good + bad, unknown=ADD, only_valid=True)
    assert (job.report["imported"], job.report["left_out"]) == (1, 1)
    assert "PER" in definition_of(project).active_names
    assert "SAINT" not in definition_of(project).active_names


def test_unknown_names_are_left_out_and_counted(project: Project, manager: User) -> None:
    attributes = {"certainty": "high"}
    rows = [
        {"text": TEXT, "spans": [MARA, PRESS], "relations": [LEADS], "labels": ["business"]},
        {"text": "Eva went.", "spans": [span(0, 3, "PERSON", attributes=attributes)]},
    ]
    content = b"".join(line(**row) for row in rows)
    upload = stage(project, manager, content, unknown=LEAVE_OUT)
    expected = {
        "spans left out": 2,
        "relations left out": 1,
        "article labels left out": 1,
        "attributes left out": 1,
    }
    assert (upload.preview["problem_count"], upload.preview["dropped"]) == (0, expected)
    assert bring_in(project, manager, content, unknown=LEAVE_OUT).report["dropped"] == expected
    assert stored_labels() == {"PERSON"}
    assert versions(project) == 1


def test_what_others_publish_and_draft_in_the_meantime_stays(
    project: Project, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish_meanwhile(**given: Any) -> list[int]:
        publish_names(project, manager, "PERSON", "MEANWHILE", "PER")
        data = {**definition_of(project).to_dict(), "article_labels": [{"name": "drafted"}]}
        save_draft(project=project, data=data)
        return store_articles(**given)

    monkeypatch.setattr("articles.services.imports.intake.store_articles", publish_meanwhile)
    content = line(text=TEXT, spans=[MARA, PRESS])
    assert bring_in(project, manager, content, unknown=ADD).state == Job.State.SUCCEEDED
    assert definition_of(project).active_names == {"PERSON", "MEANWHILE", "PER", "COMPANY"}
    project.label_schema.refresh_from_db()
    draft = project.label_schema.draft
    assert draft["article_labels"][0]["name"] == "drafted"
    assert "COMPANY" in {label["name"] for label in draft["labels"]}


def layers(*authors: str) -> list[dict[str, Any]]:
    return [{"author": author, "spans": [span(0, 4, "PERSON")]} for author in authors]


def test_layers_of_strangers_are_problems_with_their_line(
    project: Project, manager: User, annotator: User, stranger: User
) -> None:
    content = line(text="Mara went.", layers=layers("user:annotator")) + line(
        text="Eva went.", layers=layers("user:stranger")
    )
    upload = stage(project, manager, content)
    (problem,) = upload.preview["problems"]
    assert problem.startswith("a.jsonl, line 2: 'user:stranger' cannot have a layer here. Layers are gold")
    assert upload.preview["unknown"] == {"authors": {"user:stranger": 1}}
    assert bring_in(project, manager, content).state == Job.State.FAILED
    assert not Article.objects.exists()
    bring_in(project, manager, content, unknown=LEAVE_OUT)
    assert [layer.author for layer in Layer.objects.by_people()] == ["user:annotator"]
    assert Article.objects.count() == 2


def test_one_layer_an_author_the_others_are_counted(project: Project, manager: User, annotator: User) -> None:
    content = line(
        text="Mara went.", spans=[span(0, 4, "ORG")], layers=layers("gold", "user:eva", "user:annotator")
    )
    mapping = {"authors": {"user:eva": "user:annotator"}}
    job = bring_in(project, manager, content, mapping=mapping)
    assert job.report["dropped"] == {"further layers of one author": 2}
    assert sorted(layer.author for layer in Layer.objects.all()) == ["gold", "user:annotator"]
    assert Span.objects.get(layer__kind=Layer.Kind.GOLD).label == "ORG"


def test_a_file_makes_up_more_names_than_a_page_can_hold(project: Project, manager: User) -> None:
    rows = [line(text=f"Text {n}.", spans=[span(0, 4, f"NEW{n}")], **{f"key{n}": 1}) for n in range(300)]
    upload = stage(project, manager, b"".join(rows), unknown=LEAVE_OUT)
    assert upload.preview["articles"] == 300
    assert len(upload.preview["unknown"]["labels"]) == 150
    assert len(upload.preview["columns"]) == 150
