"""`manage.py import`: files and folders by the same code as the page."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotator.users.models import Project, User
from articles.models import Article, Job, Layer, Span
from tests.builders import make_project
from tests.scenarios.imports import line

MARA = line(text="Mara went.", spans=[{"start": 0, "end": 4, "label": "PERSON"}])


def run(project: Project, *words: str | Path) -> tuple[str, str]:
    """What the command says, and what it complains about."""
    out, errors = io.StringIO(), io.StringIO()
    call_command("import", project.slug, *map(str, words), stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def refusal(project: Project, *words: str | Path) -> str:
    with pytest.raises(CommandError) as caught:
        run(project, *words)
    return str(caught.value)


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_one_file(project: Project, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", MARA)
    assert run(project, file) == ("1 imported, 0 repeats, 0 left out.\n", "")
    layer = Layer.objects.get()
    assert (layer.kind, layer.approved_by) == (Layer.Kind.GOLD, project.created_by)
    assert run(project, file)[0] == "0 imported, 1 repeats, 0 left out.\n"


def test_wishes_are_those_of_the_api(
    project: Project, manager: User, annotator: User, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.txt", "Mara B-PER\nпела O\n\nBo B-PER\nслушал O\n".encode("koi8-r"))
    said, _ = run(
        project,
        *(file, "--by=manager", "--format=conll", "--encoding=koi8-r", "--options", '{"sentences": "1"}'),
        *("--layer=user:annotator", "--mapping", '{"labels": {"PER": "PERSON"}}', "--twins=import"),
    )
    assert said == "2 imported, 0 repeats, 0 left out.\n"
    assert [one.text for one in Article.objects.all()] == ["Mara пела", "Bo слушал"]
    assert {layer.author for layer in Layer.objects.by_people()} == {"user:annotator"}
    assert set(Span.objects.values_list("label", flat=True)) == {"PERSON"}


def test_a_folder_in_which_texts_and_annotations_are_beside_each_other(
    project: Project, tmp_path: Path
) -> None:
    for name in ("north", "south"):
        write(tmp_path / "corpus" / name / "1.txt", f"Mara of the {name}.".encode())
        write(tmp_path / "corpus" / name / "1.ann", b"T1\tPERSON 0 4\tMara\n")
    write(tmp_path / "corpus" / ".hidden", b"\x00")
    assert run(project, tmp_path / "corpus")[0] == "2 imported, 0 repeats, 0 left out.\n"
    assert Span.objects.filter(label="PERSON", start=0, end=4).count() == 2


def test_a_folder_by_whatever_name(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "x" / "a.txt", b"One.")
    for number, (place, name) in enumerate(((tmp_path / "x", "."), (tmp_path / "x", ".."), (tmp_path, "x"))):
        monkeypatch.chdir(place)
        assert run(project, name)[0].startswith(f"{int(not number)} imported")


def test_several_files_of_one_name(project: Project, tmp_path: Path) -> None:
    files = [write(tmp_path / name / "a.txt", name.encode()) for name in ("one", "two")]
    assert run(project, *files, *files)[0] == "2 imported, 0 repeats, 0 left out.\n"


def test_a_name_that_is_no_text(project: Project, tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", "x\u202etxt.exe\n.txt".encode(), b"a" * 250 + b".txt"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(b"%d bytes" % len(name))
    assert run(project, tmp_path)[0] == "3 imported, 0 repeats, 0 left out.\n"
    (alone,) = tmp_path.glob("caf*")
    assert run(project, alone)[0] == "0 imported, 1 repeats, 0 left out.\n"


def test_all_or_nothing_or_what_is_valid(project: Project, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", MARA + b"{broken\n" + line(text="Bo.", labels=["nope"]))
    told = refusal(project, file).splitlines()
    assert told[0].startswith("a.jsonl, line 2: This is not JSON")
    assert told[1] == "a.jsonl, line 3: There is no article label 'nope' in the schema."
    assert "There are 2 problems in all." in told[2]
    assert not Article.objects.exists()
    said, errors = run(project, file, "--only-valid")
    assert said == "1 imported, 0 repeats, 2 left out.\n"
    assert len(errors.splitlines()) == 2


def test_what_is_not_kept_is_said(project: Project, tmp_path: Path) -> None:
    content = line(text="Mara went.", spans=[{"start": 0, "end": 4, "label": "PER"}])
    said, _ = run(project, write(tmp_path / "a.jsonl", content), "--unknown=leave_out")
    assert said == "1 imported, 0 repeats, 0 left out. Not kept: 1 spans left out.\n"


def test_what_cannot_be_done_is_a_sentence(project: Project, manager: User, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", MARA)
    assert "There is no file" in refusal(project, tmp_path / "nowhere.txt")
    assert "Say with --by who imports" in refusal(project, file, "--by=ghost")
    assert "This is not JSON" in refusal(project, file, "--mapping", "{")
    assert "no JSON object" in refusal(project, file, "--options", "[]")
    assert "cannot have a layer" in refusal(project, file, "--layer=user:ghost")
    assert "invalid choice" in refusal(project, file, "--unknown=ask")
    assert refusal(project, file, "--format=papyrus").count("There is no format 'papyrus'") == 1
    assert "The file is empty" in refusal(project, write(tmp_path / "b.txt", b""))
    (tmp_path / "empty").mkdir()
    assert "There is no file in this zip" in refusal(project, tmp_path / "empty")
    with pytest.raises(CommandError, match="There is no project 'nowhere'"):
        call_command("import", "nowhere", str(file))
    assert not Article.objects.exists()


def test_a_project_without_a_maker_asks_who_imports(tmp_path: Path, db: None) -> None:
    project = make_project()
    Project.objects.filter(pk=project.pk).update(created_by=None)
    assert refusal(project, write(tmp_path / "a.txt", b"One.")) == "Say with --by who imports."


def test_stopped_by_hand_it_is_not_taken_up_by_a_worker(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("articles.services.imports.intake.store_articles", stop)
    with pytest.raises(KeyboardInterrupt):
        run(project, write(tmp_path / "a.txt", b"One."))
    assert Job.objects.get().state == Job.State.CANCELLED
