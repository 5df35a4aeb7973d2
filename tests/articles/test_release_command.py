from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotator.users.models import Project, User
from articles.models import Release
from tests.builders import make_articles, make_span
from tests.scenarios.releases import unpacked


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("release", *words, stdout=out)
    return out.getvalue()


def test_the_command_makes_a_release(project: Project, manager: User) -> None:
    make_articles(project, 3, spans=(make_span(),), language="en")
    said = run(
        project.slug,
        "--by=manager",
        "--title=Spring",
        "--format=conll",
        "--option=overlap=innermost",
        "--filter=language=en",
        "--split=train:2,test:1",
        "--seed=7",
        "--group=",
    )
    release = Release.objects.select_related("file").get()
    assert release.file
    assert f"Release 1: 3 articles, 3 spans\n{release.file.sha256}" in said
    assert (release.title, release.created_by, release.query["options"]) == (
        "Spring",
        manager,
        {"overlap": "innermost"},
    )
    assert {"data/train.conll", "data/test.conll"} < set(unpacked(release))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["nothing"], "no project 'nothing'"),
        (["--by=nobody"], "no user 'nobody'"),
        (["--format=papyrus"], "no format"),
        (["--title=" + "x" * 201], "at most 200"),
        (["--option=overlap"], "NAME=VALUE"),
        (["--filter=mine=1"], "filters has no mine"),
        (["--layer=user:manager"], "would be empty"),
    ],
)
def test_the_command_says_what_is_wrong(
    project: Project, manager: User, words: list[str], reason: str
) -> None:
    arguments: list[Any] = words if words == ["nothing"] else [project.slug, *words]
    with pytest.raises(CommandError, match=reason):
        run(*arguments)
    assert not Release.objects.exists()
