from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from annotator.lib.errors import Invalid
from annotator.schemas.definition import ArticleLabel, Definition, parse_definition
from annotator.schemas.models import LabelSchema, SchemaVersion
from annotator.schemas.queries import published_definition, published_version
from annotator.schemas.services.publishing import publish, publish_change, save_draft
from annotator.users.models import Project, User


def labels(*names: str, **fields: Any) -> dict[str, Any]:
    return {"labels": [{"name": name, **fields} for name in names]}


def test_a_project_has_a_published_schema_from_its_first_day(project: Project) -> None:
    assert published_version(project.pk).number == 1
    assert "PERSON" in published_definition(project.pk).active_names


def test_publishing_makes_the_next_version_and_leaves_the_old_one(project: Project, manager: User) -> None:
    first = published_version(project.pk)
    second = publish(project=project, data=labels("PERSON", "ORG"), by=manager)
    assert (second.number, second.published_by) == (2, manager)
    assert published_definition(project.pk).active_names == {"PERSON", "ORG"}
    assert SchemaVersion.objects.get(pk=first.pk).data == first.data


def test_a_version_never_changes(project: Project) -> None:
    version = published_version(project.pk)
    with pytest.raises(Exception, match="never change"):
        SchemaVersion.objects.filter(pk=version.pk).update(data=labels("X"))


def test_a_version_cannot_be_deleted(project: Project) -> None:
    with pytest.raises(Exception, match="never change"):
        SchemaVersion.objects.filter(pk=published_version(project.pk).pk).delete()


def test_a_label_that_is_missing_is_retired_and_its_key_is_free(project: Project, manager: User) -> None:
    publish(project=project, data={"labels": [{"name": "A", "hotkey": "a"}, {"name": "B"}]}, by=manager)
    publish(project=project, data={"labels": [{"name": "B", "hotkey": "a"}]}, by=manager)
    definition = published_definition(project.pk)
    by_name = {label.name: label for label in definition.labels}
    assert by_name["A"].retired
    assert by_name["A"].hotkey == ""
    assert definition.active_names == {"B"}
    assert by_name["PERSON"].retired


def test_a_retired_label_stays_through_every_version_and_can_come_back(
    project: Project, manager: User
) -> None:
    for names in (("A", "B"), ("B",), ("C",)):
        publish(project=project, data=labels(*names), by=manager)
    assert {"A", "B", "C"} <= {label.name for label in published_definition(project.pk).labels}
    publish(project=project, data=labels("A", "C"), by=manager)
    assert published_definition(project.pk).active_names == {"A", "C"}


def test_the_same_again_is_no_new_version(project: Project, manager: User) -> None:
    second = publish(project=project, data=labels("A", "B"), by=manager)
    assert publish(project=project, data=labels("A", "B"), by=manager) == second
    assert publish(project=project, data=published_definition(project.pk).to_dict(), by=manager) == second
    assert SchemaVersion.objects.filter(schema__project=project).count() == 2


def test_a_draft_is_kept_and_changes_nothing_yet(project: Project, manager: User) -> None:
    save_draft(project=project, data=labels("A"))
    assert LabelSchema.objects.get(project=project).draft["labels"][0]["name"] == "A"
    assert "A" not in published_definition(project.pk).active_names


@pytest.mark.parametrize("data", [None, {}, labels("1"), labels("A", "A"), labels("A", description="\ud83d")])
def test_what_cannot_be_used_is_neither_kept_nor_published(
    project: Project, manager: User, data: Any
) -> None:
    draft = LabelSchema.objects.get(project=project).draft
    for attempt in (
        lambda: save_draft(project=project, data=data),
        lambda: publish(project=project, data=data, by=manager),
    ):
        with pytest.raises(Invalid) as caught:
            attempt()
        assert caught.value.problems
    assert LabelSchema.objects.get(project=project).draft == draft
    assert published_version(project.pk).number == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_two_versions(project: Project, manager: User) -> None:
    def work(name: str) -> None:
        try:
            publish(project=project, data=labels(name), by=manager)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("A", "B", "C")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = SchemaVersion.objects.filter(schema__project=project).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4]


def test_retired_labels_count_among_those_a_schema_can_hold(project: Project, manager: User) -> None:
    kept = len(published_definition(project.pk).labels)
    names = [f"L{number}" for number in range(201 - kept)]
    with pytest.raises(Invalid) as caught:
        publish(project=project, data=labels(*names), by=manager)
    assert caught.value.problems == [
        "With those that were retired there are 201 labels; at most 200 are kept."
    ]
    publish(project=project, data=labels(*names[1:]), by=manager)
    assert len(published_definition(project.pk).labels) == 200


def with_sport(definition: Definition) -> Definition:
    more = () if "sport" in definition.article_label_names else (ArticleLabel("sport"),)
    return replace(definition, article_labels=definition.article_labels + more)


def test_a_change_keeps_what_others_published_and_drafted(project: Project, manager: User) -> None:
    publish(project=project, data=labels("A", "B"), by=manager)
    draft = {**labels("A", "B", "C"), "article_labels": [{"name": "sport"}]}
    save_draft(project=project, data=draft)
    version = publish_change(project=project, change=with_sport, by=manager)
    assert version.definition.active_names == {"A", "B"}
    assert version.definition.article_label_names == {"sport"}
    kept = parse_definition(LabelSchema.objects.get(project=project).draft)
    assert kept == parse_definition(draft)
    assert publish_change(project=project, change=with_sport, by=manager) == version
