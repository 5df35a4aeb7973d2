"""Files in parts: what goes in comes out, wherever reading begins; and all of it is there or nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.lib.errors import Refused
from annotator.users.models import Project
from articles.models import FilePart, Job, Release, StoredFile
from articles.models.files import PART_BYTES
from articles.queries import files as reading
from articles.queries.files import open_stored, stored_bytes
from articles.services import files as writing
from articles.services.files import forget_file, store_file

PART = 16


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(reading, "PART_BYTES", PART)
    monkeypatch.setattr(writing, "PART_BYTES", PART)


def content_of(size: int) -> bytes:
    return hashlib.shake_256(b"content").digest(size)


def pieces_of(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 5])
@pytest.mark.parametrize("piece", [1, 7, PART, 1_000])
def test_what_goes_in_comes_out(size: int, piece: int) -> None:
    content = content_of(size)
    file = store_file(name="a.bin", pieces=pieces_of(content, piece))
    assert (file.size, file.sha256) == (size, hashlib.sha256(content).hexdigest())
    sizes = [len(part.content) for part in FilePart.objects.filter(file=file).order_by("number")]
    assert sizes == [PART] * (size // PART) + [size % PART] * bool(size % PART)
    with open_stored(file) as opened:
        assert opened.read() == content


def test_parts_of_the_real_size(db: None) -> None:
    content = content_of(2 * PART_BYTES + 3)
    file = store_file(name="a.bin", pieces=[content])
    assert FilePart.objects.filter(file=file).count() == 3
    with open_stored(file) as opened:
        assert hashlib.sha256(opened.read()).hexdigest() == file.sha256


@pytest.mark.usefixtures("small_parts")
def test_reading_from_anywhere_is_reading_the_bytes_there() -> None:
    content = content_of(5 * PART + 3)
    file = store_file(name="a.bin", pieces=[content])

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, len(content) + 9), st.integers(-1, 3 * PART)), max_size=5))
    def check(steps: list[tuple[int, int]]) -> None:
        with open_stored(file) as opened:
            for start, size in steps:
                assert opened.seek(start) == start
                end = len(content) if size < 0 else start + size
                assert opened.read(size) == content[start:end]
                assert b"".join(stored_bytes(file, start, end)) == content[start:end]
            assert opened.seek(-3, os.SEEK_END) == len(content) - 3
            assert opened.seek(1, os.SEEK_CUR) == len(content) - 2
            assert opened.read() == content[-2:]

    check()


@pytest.mark.usefixtures("small_parts")
def test_an_error_in_the_middle_leaves_nothing() -> None:
    def broken() -> Iterator[bytes]:
        yield content_of(3 * PART)
        raise OSError("The connection is gone.")

    with pytest.raises(OSError, match="gone"):
        store_file(name="a.bin", pieces=broken())
    assert not StoredFile.objects.exists()
    assert not FilePart.objects.exists()


@pytest.mark.usefixtures("small_parts")
def test_an_error_of_the_database_leaves_nothing() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        store_file(name="NUL\0", pieces=[content_of(3 * PART)])
    assert not FilePart.objects.exists()


@pytest.mark.usefixtures("small_parts")
def test_a_file_never_changes(db: None) -> None:
    file = store_file(name="a.bin", pieces=[b"content"])
    for rows, change in (
        (StoredFile.objects.all(), {"name": "other"}),
        (FilePart.objects.all(), {"content": b"other"}),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            rows.update(**change)
    forget_file(file)
    assert not FilePart.objects.exists()


def test_reading_a_file_that_was_removed_meanwhile_says_so(small_parts: None) -> None:
    file = store_file(name="a.bin", pieces=[content_of(4 * PART)])
    with open_stored(file) as opened:
        opened.read(PART)
        StoredFile.objects.get(pk=file.pk).delete()
        with pytest.raises(Refused, match="is gone: it was removed"):
            opened.read()


def test_what_a_release_holds_is_not_removed(project: Project) -> None:
    file = store_file(name="release.zip", pieces=[b"content"])
    assert project.created_by
    job = Job.objects.create(project=project, kind=Job.Kind.RELEASE)
    Release.objects.create(
        project=project,
        number=1,
        job=job,
        file=file,
        published_at=datetime.now(UTC),
        created_by=project.created_by,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        forget_file(file)
    with pytest.raises(IntegrityError, match="A release holds this file"), transaction.atomic():
        FilePart.objects.all()._raw_delete("default")
    assert b"".join(stored_bytes(file, 0, file.size)) == b"content"
