from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from annotator.lib.uploads import OneFileUploadHandler


def sent(*contents: bytes) -> list[Any]:
    """Files as a view gets them."""
    files = [SimpleUploadedFile(f"{number}.txt", content) for number, content in enumerate(contents)]
    request = RequestFactory().post("/", {"file": files})
    assert all(isinstance(one, OneFileUploadHandler) for one in request.upload_handlers)
    return request.FILES.getlist("file")


def test_each_file_has_its_own_bytes() -> None:
    contents = [b"", b"one", bytes(range(256)) * 5_000, b"", b"last"]
    files = sent(*contents)
    assert [file.name for file in files] == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"]
    assert [file.size for file in files] == [len(content) for content in contents]
    assert [b"".join(file.chunks(1_000)) for file in reversed(files)] == contents[::-1]
    assert [file.read() for file in files] == [b""] * 5
    files[1].seek(-2, os.SEEK_END)
    assert (files[1].tell(), files[1].read()) == (1, b"ne")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files where Linux shows them")
def test_a_thousand_files_are_one_open_file() -> None:
    before = len(os.listdir("/proc/self/fd"))
    files = sent(*(b"x" * 3_000 for _ in range(1_000)))
    assert len(files) == 1_000
    assert len(os.listdir("/proc/self/fd")) <= before + 1


def test_what_is_too_large_is_counted_and_not_kept(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 100
    first, second = sent(b"a" * 60, b"b" * 70_000)
    assert (first.size, second.size) == (60, 70_000)
    assert first.read() == b"a" * 60
    assert second.read() == b"b" * 40
