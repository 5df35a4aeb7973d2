from __future__ import annotations

from typing import Any

import pytest

from annotator.users.models import Project, User
from articles.models import Layer, ProjectEngine
from articles.queries.engines.settings import full_settings
from tests.articles.api.conftest import Api
from tests.builders import make_article, make_project

KEY = "sk-very-secret-key"
NEW = {
    "kind": "service",
    "name": "ours",
    "settings": {"address": "https://models.example/suggest"},
    "secrets": {"key": KEY},
}


def engines(project: Project, name: str = "") -> str:
    return f"projects/{project.slug}/engines/" + (f"{name}/" if name else "")


def test_an_engine_is_added_and_its_key_is_never_shown(project: Project, manager: User, call: Api) -> None:
    answer = call(manager, "POST", engines(project), NEW)
    assert answer.status == 201
    assert answer.body == {"name": "ours", "kind": "service", "enabled": True, "settings": NEW["settings"]}
    listed = call(manager, "GET", engines(project))
    assert KEY not in f"{answer.raw!r} {listed.raw!r}"
    assert full_settings(ProjectEngine.objects.get(name="ours"))["key"].reveal() == KEY


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "imported"}, "imported"),
        ({"name": "A b"}, "small letters"),
        ({"name": "gazetteer"}, "already"),
        ({"settings": {"address": "http://127.0.0.1/"}}, "internal network"),
        ({"settings": {"address": "http://models.example/"}}, "https"),
        ({"settings": {"address": "https://models.example/", "key": KEY}}, "is a secret"),
        ({"settings": {"adress": "https://models.example/"}}, "'adress'"),
        ({"settings": []}, "settings"),
        ({"secrets": {"password": "x"}}, "'password'"),
        ({"secrets": {"key": "a b"}}, "without spaces"),
        ({"secrets": {"key": ["x"]}}, "secrets"),
        ({"name": "a\0b"}, ""),
    ],
)
def test_what_cannot_be_added_is_refused_in_words(
    project: Project, manager: User, call: Api, change: dict[str, Any], reason: str
) -> None:
    answer = call(manager, "POST", engines(project), {**NEW, **change})
    assert answer.status == 400
    assert reason in str(answer.body)
    assert KEY not in str(answer.body)
    assert not ProjectEngine.objects.filter(project=project, kind="service").exists()


def test_an_engine_is_changed(project: Project, manager: User, call: Api) -> None:
    call(manager, "POST", engines(project), NEW)
    ours = engines(project, "ours")
    assert call(manager, "PATCH", ours, {"enabled": False}).body["enabled"] is False
    assert call(manager, "PATCH", ours, {"secrets": {"key": "other"}}).status == 200
    row = ProjectEngine.objects.get(name="ours")
    assert (row.enabled, full_settings(row)["key"].reveal()) == (False, "other")
    moved = call(manager, "PATCH", ours, {"settings": {"address": "https://elsewhere.example/"}})
    assert moved.status == 400
    assert "type it again" in str(moved.body)


def test_an_engine_is_removed_unless_something_comes_from_it(
    project: Project, manager: User, call: Api
) -> None:
    call(manager, "POST", engines(project), NEW)
    assert call(manager, "DELETE", engines(project, "ours")).status == 204
    assert call(manager, "DELETE", engines(project, "ours")).status == 404
    gazetteer = ProjectEngine.objects.get(project=project, name="gazetteer")
    Layer.objects.create(article=make_article(project), kind=Layer.Kind.ENGINE, engine=gazetteer)
    answer = call(manager, "DELETE", engines(project, "gazetteer"))
    assert answer.status == 409
    assert "switch it off instead" in str(answer.body)


def test_only_managers_change_engines(project: Project, reviewer: User, stranger: User, call: Api) -> None:
    for method, path in (("POST", engines(project)), ("DELETE", engines(project, "gazetteer"))):
        body = NEW if method == "POST" else None
        assert call(reviewer, method, path, body).status == 403
        assert call(stranger, method, path, body).status == 404


def test_settings_are_read_by_managers_only(project: Project, manager: User, viewer: User, call: Api) -> None:
    path = f"projects/{project.slug}/engines/gazetteer/"
    assert call(manager, "PATCH", path, {"settings": {"entries": "Oslo\tGPE"}}).status == 200
    assert call(manager, "GET", path).body["settings"] == {"entries": "Oslo\tGPE"}
    assert call(viewer, "GET", path).status == 403


def test_an_engine_is_tried_with_other_settings_and_nothing_is_stored(
    project: Project, manager: User, call: Api
) -> None:
    article = make_article(project, "Case 12 of Oslo")
    path = f"projects/{project.slug}/engines/rules/"
    body = {"article": article.pk, "settings": {"rules": "Case [0-9]+\tCASE"}}
    assert "no label 'CASE'" in str(call(manager, "POST", f"{path}try/", body).body)
    body["settings"] = {"rules": "Oslo\tGPE"}
    answer = call(manager, "POST", f"{path}try/", body)
    assert answer.body["spans"] == [{"start": 11, "end": 15, "label": "GPE", "confidence": 0.9}]
    assert call(manager, "GET", path).body["settings"] == {}


def test_another_projects_article_is_not_tried(project: Project, manager: User, call: Api) -> None:
    foreign = make_article(make_project("elsewhere"))
    path = f"projects/{project.slug}/engines/rules/try/"
    assert call(manager, "POST", path, {"article": foreign.pk}).status == 404
