from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from annotator.users.models import Project, Role, User
from articles.domain.spans import Relation
from articles.formats import writers
from articles.models import (
    Article,
)
from articles.queries.exports.splits import Split
from articles.queries.files import open_stored
from articles.queries.layers.choice import LayerChoice
from articles.queries.releases.query import ReleaseQuery
from articles.services.assignments.claiming import submit_article
from articles.services.gold.approving import approve
from tests.builders import (
    add_span,
    annotate,
    make_article,
    make_articles,
    make_member,
    make_project,
    make_span,
    make_submitted,
)
from tests.scenarios.releases import THREE, different, make_release, unpacked


def test_a_format_of_many_files_has_folders(project: Project, manager: User) -> None:
    different(project, 10)
    names = list(unpacked(make_release(project, manager, split=THREE, file_format="brat")))
    assert sum(name.startswith("data/train/") and name.endswith(".txt") for name in names) == 8
    assert "manifest.json" in names


def test_what_a_format_leaves_out_is_in_report_and_card(project: Project, manager: User) -> None:
    nested = (make_span(25, 39), make_span(25, 29, "TITLE"))
    make_articles(project, 2, spans=nested)
    release = make_release(project, manager, file_format="conll")
    assert release.manifest["report"]["dropped"] == {"nested spans": 2}
    assert "- 2 nested spans" in release.card


def test_all_layers_hold_what_is_not_gold_yet(project: Project, manager: User, annotator: User) -> None:
    make_submitted(make_article(project), annotator)
    make_article(project, "Nobody has read this.")
    release = make_release(project, manager, layer=LayerChoice("all"))
    assert release.manifest["counts"]["articles"] == 2
    assert release.manifest["counts"]["labels"] == {"PERSON": 1}


def test_authors_are_named_only_when_asked_for(
    project: Project, annotator: User, reviewer: User, manager: User
) -> None:
    article = make_article(project)
    make_submitted(article, annotator)
    approve(article=article, by=reviewer)
    quiet = b"".join(unpacked(make_release(project, manager)).values())
    assert b"reviewer" not in quiet.replace(b"annotators", b"")
    release = make_release(project, manager, query=ReleaseQuery(authors=True))
    assert release.manifest["authors"] == [
        {"username": "annotator", "name": "annotator", "annotated": 1, "approved": 0},
        {"username": "reviewer", "name": "reviewer", "annotated": 0, "approved": 1},
    ]
    assert "- reviewer: 1 article approved" in release.card


def test_agreement_is_told_once_enough_articles_have_two_readings(manager: User, reviewer: User) -> None:
    project = make_project(annotators_per_article=2)
    people = [make_member(project) for _ in range(2)]
    for number, article in enumerate(make_articles(project, 10)):
        more = [add_span(0, 6, "GPE")] if number else []
        for person, edits in zip(people, ([add_span(), *more], [add_span()]), strict=True):
            annotate(article, person, *edits)
            submit_article(article=article, by=person)
        approve(article=article, by=reviewer)
    agreement = make_release(project, make_member(project, Role.MANAGER)).manifest["agreement"]
    assert agreement["articles"] == agreement["pairs"] == 10
    assert agreement["labels"] == {"GPE": 0.0, "PERSON": 1.0}
    assert agreement["f1"] == round(20 / 29, 4)


def format_names() -> list[str]:
    return [kind.format for kind in writers()]


@pytest.fixture
def mixed(project: Project) -> list[Article]:
    """Articles in two scripts with nested spans, a relation and labels."""
    head, name = make_span(25, 39), make_span(25, 29, "TITLE")
    one = make_articles(
        project,
        2,
        spans=(head, name),
        relations=(Relation(uuid4(), "TITLE_OF", name.id, head.id),),
        labels=("opinion",),
        language="en",
        source="Northline",
    )
    return one + make_articles(
        project, 1, text="Аягөз қаласында.", spans=(make_span(0, 5, "GPE"),), language="kk"
    )


@pytest.mark.parametrize("file_format", format_names())
def test_every_format_is_the_same_twice(
    project: Project, manager: User, mixed: list[Article], file_format: str
) -> None:
    split = Split({"train": 2, "test": 1})
    one, other = (
        unpacked(make_release(project, manager, file_format=file_format, split=split)) for _ in "12"
    )
    data = [name for name in one if name.startswith("data/")]
    assert data
    assert {name: one[name] for name in data} == {name: other[name] for name in data}


LOADED = ("articles", "tasks", "tagged", "spans", "contents")


@pytest.mark.parametrize("file_format", format_names())
def test_the_code_on_the_card_reads_the_data(
    project: Project,
    manager: User,
    mixed: list[Article],
    file_format: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = make_release(project, manager, file_format=file_format)
    assert release.file
    with zipfile.ZipFile(open_stored(release.file)) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    code = re.findall(r"```python\n(.*?)\n```", release.card, re.DOTALL)
    found: dict[str, Any] = {}
    for one in code:
        exec(one, found)  # noqa: S102 - it is ours
    assert any(value for name, value in found.items() if name in LOADED) or not code


def test_the_hub_finds_the_parts(project: Project, manager: User, mixed: list[Article]) -> None:
    readme = unpacked(make_release(project, manager, split=THREE))["README.md"].decode()
    assert '{"split": "dev", "path": "data/dev.jsonl"}' in readme
    assert 'language: ["en", "kk"]' in readme
    assert "configs" not in unpacked(make_release(project, manager, file_format="brat"))["README.md"].decode()
