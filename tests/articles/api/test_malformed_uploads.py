"""Every malformed file that the readers are tested with, sent as programs send it: it is refused with the
same words, nothing of it stays, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from annotator.users.models import Project, User
from articles.models import Article, Import, Job, StoredFile
from tests.articles.api.test_imports import send

Case = tuple[str, bytes, int | None, str]
TABLES: dict[str, list[Case]] = {
    path.stem: import_module(f"tests.articles.formats.{path.stem}").CASES
    for path in sorted(Path(__file__).parents[1].glob("formats/test_malformed*.py"))
}


def test_there_are_enough_of_them() -> None:
    assert sum(map(len, TABLES.values())) >= 250


@pytest.mark.parametrize("table", TABLES)
def test_malformed_uploads_are_refused_whole(project: Project, manager: User, table: str) -> None:
    # One test for all of a table: a project and a user for each file would take longer than the files.
    assert not list(wrongly_taken(project, manager, TABLES[table]))


def wrongly_taken(project: Project, manager: User, cases: list[Case]) -> Iterator[str]:
    for number, (name, content, _, reason) in enumerate(cases):
        status, body = send(manager, project, content, name or "upload")
        words = " ".join(one["detail"] for one in body.get("errors", ()))
        if status != 400 or reason not in words:
            yield f"{number}, {name}: {status} {words or body}"
        for model in (Article, Import, Job, StoredFile):
            if model._default_manager.exists():
                yield f"{number}, {name}: something of it stays ({model.__name__})"
