"""Starting on a data folder that is not as it was left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.ops.embedded import Places, Servers
from manage import secret_key
from tests.installation import ROOT, open_folder


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "new" / "data")
    assert len(key) > 50
    assert secret_key(tmp_path / "new" / "data") == key
    assert (tmp_path / "new" / "data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path / "new" / "data") == ["secret_key"]


def test_an_empty_key_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("\n")
    assert len(secret_key(tmp_path)) > 50


@pytest.mark.parametrize(
    ("folder", "port", "words"),
    [
        ("file/data", "8999", "cannot be used"),
        ("data", "99999", "from 1 to 65535"),
        ("data", "x", "a port is"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_no_traceback(
    tmp_path: Path, folder: str, port: str, words: str
) -> None:
    (tmp_path / "file").touch()
    given = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    environment = {
        **given,
        "ANNOTATOR_DATA": str(tmp_path / folder),
        "DJANGO_SETTINGS_MODULE": "annotator.settings.dev",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "up", "--port", port]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broker_that_cannot_read_its_files_starts_without_them() -> None:
    with open_folder() as folder:
        servers = Servers(Places.of(folder / "data"), postgres=False)
        servers.acquire(what="test")
        servers.start()
        servers.stop()
        (kept,) = (folder / "data" / "valkey" / "appendonlydir").glob("*.incr.aof")
        kept.write_bytes(b"this is not what it was" * 20)
        servers.acquire(what="test")
        try:
            servers.start()
            assert servers.are_ready()
        finally:
            servers.stop()
        assert list((folder / "data" / "valkey").glob("unreadable-*"))


def test_a_lock_file_that_a_full_disk_left_empty_is_no_obstacle() -> None:
    with open_folder() as folder:
        servers = Servers(Places.of(folder / "data"), durable=False)
        servers.acquire(what="test")
        servers.start()
        servers.stop()
        (folder / "data" / "postgres" / "postmaster.pid").write_bytes(b"")
        servers.acquire(what="test")
        try:
            servers.start()
            assert servers.are_ready()
        finally:
            servers.stop()
