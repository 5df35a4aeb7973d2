from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from annotator.lib.errors import Invalid
from annotator.users.models import Project, User
from articles.models import Import, StoredFile
from articles.services.imports.importing import stage_import
from articles.services.imports.wishes import Wishes
from tests.scenarios.imports import line, stage

DEEP: dict[str, Any] = {}
for _ in range(900):
    DEEP = {"a": DEEP}


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in files.items():
            made.writestr(f"{name}.txt", content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"file_format": "papyrus"}, "There is no format 'papyrus'"),
        ({"file_format": "papyrus" * 10}, "There is no format"),
        ({"encoding": "utf-7"}, "There is no encoding 'utf-7'"),
        ({"encoding": "\0"}, "There is no encoding"),
        ({"layer": "user:nobody"}, "cannot have a layer here"),
        ({"layer": "engine:Bad Name"}, "cannot have a layer here"),
        ({"layer": "user:\0"}, "cannot have a layer here"),
        ({"layer": "x" * 500}, "cannot have a layer here"),
        ({"unknown": "ask"}, "unknown is refuse, add or leave_out"),
        ({"twins": "maybe"}, "twins is import, link or skip"),
        ({"mapping": {"label": {}}}, "The mapping is an object of"),
        ({"mapping": {"labels": {"PER": "\0"}}}, "NUL"),
        ({"mapping": {"labels": DEEP}}, '"labels" is an object'),
        ({"options": {"scheme": 3}}, "Options are an object of texts"),
        ({"options": DEEP}, "Options are an object of texts"),
        ({"options": {"scheme": "x" * 101}}, "Options are an object of texts"),
        ({"options": {"\0": "x"}}, "Options are an object of texts"),
        ({"options": {"scheme": "iob2"}, "file_format": "jsonl"}, "has no option scheme"),
        ({"options": {"scheme": "iob9"}, "file_format": "conll"}, "scheme is one of"),
        ({"options": {"tag_column": "first"}, "file_format": "conll"}, "tag_column is a number"),
    ],
)
@pytest.mark.parametrize("content", [line(text="a"), zipped(a=b"a")], ids=["file", "zip"])
def test_a_wish_that_cannot_be_met_is_refused_and_nothing_is_kept(
    project: Project, manager: User, wish: dict[str, Any], reason: str, content: bytes
) -> None:
    with pytest.raises(Invalid, match=reason):
        stage_import(project=project, by=manager, file_name="a", pieces=[content], wishes=Wishes(**wish))
    assert not Import.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_encoding_that_was_chosen_is_the_one_that_is_read(project: Project, manager: User) -> None:
    text = "В Алматы прошёл дождь. «Ёлки» — №5…"
    content = text.encode("windows-1251")
    upload = stage(project, manager, content, "a.txt", encoding="windows-1251")
    assert upload.preview["examples"][0]["text"] == text
    wrong = stage(project, manager, content, "a.txt")
    assert "is not UTF-8" in wrong.preview["problems"][0]
    assert "windows-1251" in wrong.preview["problems"][0]


def test_options_reach_the_reader(project: Project, manager: User) -> None:
    rows = b"Mara NNP B-PERSON\nwent VBD O\n\nBo NNP B-PERSON\nslept VBD O\n"
    plain = stage(project, manager, rows, "a.conll")
    apart = stage(project, manager, rows, "a.conll", file_format="conll", options={"sentences": "1"})
    assert (plain.preview["articles"], apart.preview["articles"]) == (1, 2)
    assert plain.format == apart.format == "conll"
