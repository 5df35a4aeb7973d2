from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from annotator.users.models import Project, User
from articles.models import Article
from client.annotator_client import Invalid, JobFailed, NotFound
from client.annotator_client.downloads import lines_of
from tests.builders import make_articles, make_span, make_token
from tests.client.conftest import SignIn

# Separators that end a line for Python, and not in JSON Lines.
ODD = "Bergen 👩‍🔧 \u2028\u2029\x85\x0b\x0c\x1c"
STORY = f"{ODD} Mara Ellingsen of Northline Press said so."


def record(number: int = 1, **more: Any) -> dict[str, Any]:
    start = STORY.index("Mara")
    spans = [
        {"id": 1, "start": start, "end": start + 14, "label": "PERSON"},
        {"id": 2, "start": start + 5, "end": start + 14, "label": "PERSON"},
        {"id": 3, "start": start + 18, "end": start + 33, "label": "ORG"},
    ]
    text = f"{STORY} {number}"
    return {"external_id": f"a{number}", "text": text, "language": "en", "spans": spans, **more}


def jsonl(*records: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    path = tmp_path / "stories.jsonl"
    path.write_bytes(jsonl(record(1), record(2)))
    return path


@pytest.mark.usefixtures("worker")
def test_a_file_comes_in_and_goes_out_the_same(
    sign_in: SignIn, project: Project, manager: User, stories: Path, tmp_path: Path
) -> None:
    annotator = sign_in(manager)
    job = annotator.import_file(project.slug, stories)
    assert (job.state, job.report["imported"]) == ("succeeded", 2)

    out = annotator.export(project.slug, tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in out.read_bytes().splitlines() if line]
    assert [row["text"] for row in rows] == [record(1)["text"], record(2)["text"]]
    assert list(annotator.iter_articles(project.slug)) == rows
    assert annotator.load_dataset(project.slug) == rows


@pytest.mark.usefixtures("worker")
def test_a_folder_comes_in_as_its_files(
    sign_in: SignIn, project: Project, manager: User, tmp_path: Path
) -> None:
    folder = tmp_path / "stories"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "one.txt").write_text("A ship left Bergen.")
    (folder / "deep" / "two.txt").write_text("Another one came.")
    (folder / ".hidden" / "three.txt").write_text("Nobody saw it.")
    (folder / "link.txt").symlink_to(folder / "one.txt")
    job = sign_in(manager).import_file(project.slug, folder)
    assert job.report["imported"] == 2


@pytest.mark.usefixtures("worker")
def test_bytes_come_in_under_a_name(sign_in: SignIn, project: Project, manager: User) -> None:
    annotator = sign_in(manager)
    with pytest.raises(ValueError, match="need a name"):
        annotator.import_file(project.slug, jsonl(record()))
    job = annotator.import_file(project.slug, jsonl(record()), name="stories.jsonl", layer="user:manager")
    assert job.has_succeeded
    assert annotator.layer(Article.objects.get().pk, "user:manager")["spans"]


def test_every_problem_of_a_file_is_told(sign_in: SignIn, project: Project, manager: User) -> None:
    wrong = {"spans": [{"start": 0, "end": 10**6, "label": "ORG"}]}
    content = jsonl(record(1), *(record(number, **wrong) for number in range(2, 14)))
    with pytest.raises(Invalid) as refused:
        sign_in(manager).import_file(project.slug, content, name="stories.jsonl")
    assert len(refused.value.errors) == 12
    assert "stories.jsonl, line 2" in str(refused.value)
    assert "2 more in `errors`" in str(refused.value)
    assert not Article.objects.exists()


@pytest.mark.usefixtures("worker")
def test_only_what_is_valid(sign_in: SignIn, project: Project, manager: User) -> None:
    content = jsonl(record(1), record(2, spans=[{"start": 0, "end": 10**6, "label": "ORG"}]))
    job = sign_in(manager).import_file(project.slug, content, name="a.jsonl", only_valid=True)
    assert job.report["imported"] == 1


def test_a_job_that_does_not_succeed_says_so(
    sign_in: SignIn, project: Project, manager: User, stories: Path
) -> None:
    annotator = sign_in(manager)
    job = annotator.import_file(project.slug, stories, wait=False)
    assert not job.is_finished
    with pytest.raises(TimeoutError, match="still queued"):
        annotator.wait(job, timeout=0)
    annotator.cancel(job)
    with pytest.raises(JobFailed, match="cancelled") as failed:
        annotator.wait(job)
    assert failed.value.job.id == job.id


@pytest.mark.usefixtures("worker")
def test_engines_run_over_what_filters_find(sign_in: SignIn, project: Project, manager: User) -> None:
    make_articles(project, 2, language="en")
    make_articles(project, 1, text="Anderswo.", language="de")
    annotator = sign_in(manager)
    assert "newswire" in {engine["name"] for engine in annotator.engines(project.slug)}
    assert annotator.run(project.slug, engine="newswire", language="en").done == 2


@pytest.mark.usefixtures("worker")
def test_an_export_takes_options_and_filters(
    sign_in: SignIn, project: Project, manager: User, stories: Path, tmp_path: Path
) -> None:
    annotator = sign_in(manager)
    annotator.import_file(project.slug, stories)
    out = annotator.export(project.slug, tmp_path, format="conll", q="Northline")
    assert out.parent == tmp_path
    assert out.suffix == ".conll"
    assert "B-PERSON" in out.read_text()
    assert annotator.export_report(project.slug, format="conll")["dropped"]
    assert list(annotator.iter_articles(project.slug, language="de")) == []


@pytest.mark.usefixtures("worker")
def test_an_export_is_dealt_out_to_parts(
    sign_in: SignIn, project: Project, manager: User, stories: Path, tmp_path: Path
) -> None:
    annotator = sign_in(manager)
    annotator.import_file(project.slug, stories, twins="import")
    split = {"train": 50, "test": 50}
    out = annotator.export(project.slug, tmp_path / "out.zip", split=split, seed=1, group=["source"])
    with zipfile.ZipFile(out) as archive:
        assert {"train.jsonl", "test.jsonl"} <= {name.rpartition("/")[2] for name in archive.namelist()}


def test_a_failed_export_leaves_nothing(
    sign_in: SignIn, project: Project, manager: User, tmp_path: Path
) -> None:
    annotator = sign_in(manager)
    with pytest.raises(Invalid, match="papyrus"):
        annotator.export(project.slug, tmp_path / "out", format="papyrus")
    with pytest.raises(NotFound):
        annotator.export(project.slug, tmp_path / "out", layer="user:nobody")
    assert list(tmp_path.iterdir()) == []


COUNT = """
import sys, tracemalloc
from client.annotator_client import Annotator
tracemalloc.start()
count = sum(1 for _ in Annotator(sys.argv[1], sys.argv[2]).iter_articles(sys.argv[3]))
print(count, tracemalloc.get_traced_memory()[1])
"""


def test_streaming_takes_little_memory(live_server: LiveServer, project: Project, manager: User) -> None:
    """16 MB in 40 articles, read by a program of its own."""
    make_articles(project, 40, text="A ship left Bergen. " * 20_000, spans=(make_span(2, 6, "ORG"),))
    command = [sys.executable, "-c", COUNT, live_server.url, make_token(manager), project.slug]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    count, peak = map(int, done.stdout.split())
    assert count == 40
    assert peak < 4 * 2**20


def test_lines_end_with_line_feeds_only() -> None:
    pieces = [b"a\r\n", "b\u2028".encode(), b"c", b"\nd\n\n", b"e"]
    assert list(lines_of(iter(pieces))) == [b"a\r", "b\u2028c".encode(), b"d", b"", b"e"]
