from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotator.schemas.models import LabelSchema
from annotator.schemas.queries import published_definition
from annotator.users.models import Project, User

Definition = dict[str, Any]


@pytest.fixture
def definition(project: Project) -> Definition:
    return dict(LabelSchema.objects.get(project=project).draft)


def url(project: Project, name: str = "schema") -> str:
    return reverse(f"articles:{name}", args=[project.slug])


def send(client: Client, project: Project, definition: object, name: str = "schema") -> Any:
    return client.post(url(project, name), {"definition": json.dumps(definition)})


def test_a_draft_is_kept_and_the_page_says_what_publishing_it_changes(
    client: Client, project: Project, manager: User, definition: Definition
) -> None:
    client.force_login(manager)
    others = [label for label in definition["labels"] if label["name"] != "LANGUAGE"]
    definition["labels"] = [*others, {"name": "SHIP", "colour": 30, "hotkey": "j"}]
    assert send(client, project, definition).status_code == 302
    page = client.get(url(project)).content.decode()
    assert "The label SHIP is added." in page
    assert "The label LANGUAGE is retired" in page
    assert "SHIP" not in published_definition(project.pk).active_names


def test_publishing_makes_the_next_version(
    client: Client, project: Project, manager: User, definition: Definition
) -> None:
    client.force_login(manager)
    definition["labels"].append({"name": "SHIP"})
    assert send(client, project, definition, "schema-publish").status_code == 302
    assert "SHIP" in published_definition(project.pk).active_names
    assert "Version 2" in client.get(url(project)).content.decode()


@pytest.mark.parametrize("name", ["schema", "schema-publish"])
def test_every_problem_is_named_and_nothing_is_stored(
    client: Client, project: Project, manager: User, definition: Definition, name: str
) -> None:
    client.force_login(manager)
    before = LabelSchema.objects.get(project=project).draft
    definition["labels"][0]["name"] = "two words"
    definition["labels"][1]["hotkey"] = "???"
    answer = send(client, project, definition, name)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "cannot name a label" in page
    assert "hotkey" in page
    assert page.count("two words") >= 2, "what was sent comes back"
    assert LabelSchema.objects.get(project=project).draft == before


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", "7", '{"labels": 3}', '{"labels": [null]}', "\x00"])
def test_what_is_no_schema_is_refused(client: Client, project: Project, manager: User, raw: str) -> None:
    client.force_login(manager)
    assert client.post(url(project), {"definition": raw}).status_code == 400
    assert client.post(url(project, "schema-publish"), {"definition": raw}).status_code == 400


def test_members_read_and_only_managers_change(
    client: Client, project: Project, viewer: User, stranger: User, definition: Definition
) -> None:
    client.force_login(viewer)
    page = client.get(url(project)).content.decode()
    assert "PERSON" in page
    assert "schema-editor" not in page
    assert send(client, project, definition).status_code == 403
    assert send(client, project, definition, "schema-publish").status_code == 403
    client.force_login(stranger)
    assert client.get(url(project)).status_code == 404


def test_the_page_has_no_inline_script(client: Client, project: Project, manager: User) -> None:
    client.force_login(manager)
    page = client.get(url(project)).content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert all("src=" in tag or "application/json" in tag for tag in page.split("<script")[1:])
