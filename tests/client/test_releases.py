from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from annotator.users.models import Project, User
from articles.models import Article
from client.annotator_client import Annotator, AnnotatorError, ConnectionFailed, Damaged, JobFailed, Refused
from client.annotator_client import client as client_module
from tests.builders import make_articles, make_span, make_token
from tests.client.broken_wire import BrokenWire
from tests.client.conftest import SignIn

SPLIT = {"train": 2, "test": 1}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "annotator-client"


@pytest.fixture
def articles(project: Project) -> list[Article]:
    return make_articles(project, 9, spans=(make_span(),))


@pytest.fixture
def annotator(sign_in: SignIn, manager: User, worker: None, articles: list[Article]) -> Annotator:
    return sign_in(manager)


def test_a_release_is_made_listed_and_read(
    annotator: Annotator, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "PAGE", 1)
    first = annotator.create_release(project.slug, title="Spring", notes="First light.")
    assert (first.number, first.title, first.notes) == (1, "Spring", "First light.")
    assert first.counts
    assert first.counts["articles"] == 9
    assert first.manifest["files"]
    assert "Spring" in first.card or first.card
    second = annotator.create_release(project.slug)
    assert [one.number for one in annotator.releases(project.slug)] == [2, 1]
    assert annotator.release(project.slug, 2) == second
    with pytest.raises(AnnotatorError, match="no release 3"):
        annotator.release(project.slug, 3)


def test_a_release_of_nothing_is_refused(annotator: Annotator, project: Project) -> None:
    with pytest.raises(Refused):
        annotator.create_release(project.slug, filters={"language": "kk"})


def test_the_download_is_whole_and_lands_in_file_or_folder(
    annotator: Annotator, project: Project, tmp_path: Path
) -> None:
    release = annotator.create_release(project.slug)
    into_folder = annotator.download_release(release, tmp_path)
    into_file = annotator.download_release(release, tmp_path / "mine.zip")
    assert into_folder.name == f"{project.slug}-release-1.zip"
    assert into_folder.read_bytes() == into_file.read_bytes()
    assert zipfile.ZipFile(into_file).testzip() is None
    assert {path.name for path in tmp_path.iterdir()} == {into_folder.name, "mine.zip"}


def test_a_part_is_loaded_and_downloaded_once(
    annotator: Annotator, project: Project, articles: list[Article], own_cache: Path
) -> None:
    annotator.create_release(project.slug, split=SPLIT, seed=3, group=[])
    whole = annotator.load_dataset(project.slug, release=1)
    parts = {part: annotator.load_dataset(project.slug, release=1, part=part) for part in SPLIT}
    assert {part: len(rows) for part, rows in parts.items()} == {"train": 6, "test": 3}
    assert parts["train"] + parts["test"] == whole
    assert {row["id"] for row in whole} == {one.pk for one in articles}
    (cached,) = own_cache.iterdir()
    before = cached.stat()
    annotator.load_dataset(project.slug, release=1)
    assert cached.stat() == before
    with pytest.raises(AnnotatorError, match="no part 'dev', but data/train"):
        annotator.load_dataset(project.slug, release=1, part="dev")


def test_what_cannot_be_loaded_is_said(annotator: Annotator, project: Project) -> None:
    annotator.create_release(project.slug, format="conll")
    with pytest.raises(AnnotatorError, match="only JSON Lines can, and it is conll"):
        annotator.load_dataset(project.slug, release=1)
    annotator.create_release(project.slug, options={"offsets": "utf-16"})
    with pytest.raises(AnnotatorError, match="counts in utf-16"):
        annotator.load_dataset(project.slug, release=2)
    with pytest.raises(ValueError, match="cannot be filtered again"):
        annotator.load_dataset(project.slug, release=2, language="en")
    with pytest.raises(ValueError, match="Parts belong to a release"):
        annotator.load_dataset(project.slug, part="train")


@pytest.fixture
def wire(live_server: LiveServer) -> Iterator[BrokenWire]:
    with BrokenWire(live_server.thread.host, live_server.thread.port) as wire:
        yield wire


def test_a_download_that_breaks_off_is_taken_up(
    annotator: Annotator, project: Project, manager: User, wire: BrokenWire, tmp_path: Path
) -> None:
    make_articles(project, 1, text="".join(map(chr, range(256, 40_000))), spans=(make_span(),))
    release = annotator.create_release(project.slug)
    assert release.size
    far = Annotator(wire.url, make_token(manager), progress=False)
    wire.breaks_after = release.size // 3
    path = far.download_release(release, tmp_path / "release.zip")
    assert path.read_bytes() == annotator.download_release(release, tmp_path / "whole.zip").read_bytes()
    assert wire.connections >= 3
    assert wire.carried < 2 * release.size


def test_the_next_run_of_a_program_takes_up_what_the_last_one_left(
    annotator: Annotator, project: Project, manager: User, wire: BrokenWire, tmp_path: Path
) -> None:
    release = annotator.create_release(project.slug)
    assert release.size
    assert release.sha256
    whole = annotator.download_release(release, tmp_path / "whole.zip").read_bytes()
    wire.breaks_after = 0
    with pytest.raises(ConnectionFailed):
        Annotator(wire.url, make_token(manager), progress=False).download_release(release, tmp_path / "a.zip")
    part = tmp_path / f".a.zip.{release.sha256[:12]}.part"
    part.write_bytes(whole[:-100])
    wire.breaks_after = None
    wire.carried = 0
    Annotator(wire.url, make_token(manager), progress=False).download_release(release, tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == whole
    assert wire.carried < release.size
    assert not part.exists()


def test_a_download_with_another_checksum_is_removed(
    annotator: Annotator, project: Project, tmp_path: Path
) -> None:
    release = annotator.create_release(project.slug)
    assert release.sha256
    part = tmp_path / f".a.zip.{release.sha256[:12]}.part"
    part.write_bytes(b"x" * 100)
    with pytest.raises(Damaged, match="SHA-256 differs"):
        annotator.download_release(release, tmp_path / "a.zip")
    assert list(tmp_path.glob("*")) == []
    assert annotator.download_release(release, tmp_path / "a.zip").exists()


def test_a_release_that_is_not_made_yet_cannot_be_downloaded(
    sign_in: SignIn, manager: User, project: Project, articles: list[Article], tmp_path: Path
) -> None:
    annotator = sign_in(manager)
    release = annotator.create_release(project.slug, wait=False)
    with pytest.raises(AnnotatorError, match="its job is queued"):
        annotator.download_release(release, tmp_path)
    annotator.cancel(release.job)
    with pytest.raises(JobFailed, match="cancelled"):
        annotator.wait(release.job)
