"""Migrations, run forward on a database in which people have worked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.models import FilePart, Import, ProjectEngine, StoredFile
from articles.models.files import PART_BYTES
from articles.services.imports.inspection import look_through
from tests.builders import make_project
from tests.importing import line

BEFORE = [("articles", "0005_threads")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """The models as they are after these migrations."""
    MigrationExecutor(connection).migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def newest(transactional_db: None) -> Iterator[list[tuple[str, str]]]:
    """The newest migrations, to which the database comes back whatever happens."""
    targets = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield targets
    migrate(targets)


def test_uploads_that_wait_become_files(newest: list[tuple[str, str]]) -> None:
    project = make_project()
    old = migrate(BEFORE).get_model("articles", "Import")
    small = line(text="Mara went.")
    large = b"".join(line(text=f"Text {n}. " + "word " * 200) for n in range(2_500))
    assert 2 * PART_BYTES < len(large) < 3 * PART_BYTES
    for name, content in (("small.jsonl", small), ("large.jsonl", large), ("served.jsonl", b"")):
        old.objects.create(
            project_id=project.pk,
            created_by_id=project.created_by_id,
            file_name=name,
            format="jsonl",
            layer="gold",
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
    migrate(newest)
    uploads = {one.file_name: one for one in Import.objects.select_related("file", "project")}
    assert uploads["served.jsonl"].file is None
    for name, content in (("small.jsonl", small), ("large.jsonl", large)):
        file = uploads[name].file
        assert file
        assert (file.name, file.size) == (name, len(content))
        assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert StoredFile.objects.count() == 2
    sizes = FilePart.objects.filter(file=uploads["large.jsonl"].file).order_by("number")
    assert [len(part.content) for part in sizes] == [PART_BYTES, PART_BYTES, len(large) - 2 * PART_BYTES]
    assert look_through(upload=uploads["large.jsonl"]).articles == 2_500
    assert look_through(upload=uploads["small.jsonl"]).articles == 1


def test_projects_that_are_there_have_an_engine_for_rules(newest: list[tuple[str, str]]) -> None:
    project = make_project()
    before = [("articles", "0010_rules_become_newswire")]
    ProjectEngine.objects.filter(project=project, name="rules").delete()
    migrate(before)
    migrate(newest)
    row = ProjectEngine.objects.get(project=project, name="rules")
    assert (row.kind, row.settings) == ("rules", {})
    migrate(before)
    migrate(newest)
    assert ProjectEngine.objects.filter(project=project, name="rules").count() == 1


def test_projects_get_the_learned_engine_once(newest: list[tuple[str, str]]) -> None:
    project, other = make_project(), make_project()
    engines = migrate([("articles", "0013_gold_has_parts")]).get_model("articles", "ProjectEngine").objects
    engines.filter(project_id=project.pk, name="learned").delete()
    engines.filter(project_id=other.pk, name="learned").update(enabled=False)
    migrate(newest)
    kinds = ProjectEngine.objects.filter(name="learned").values_list("project", "kind", "enabled")
    assert set(kinds) == {(project.pk, "learned", True), (other.pk, "learned", False)}
