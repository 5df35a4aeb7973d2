"""The process in which documents are parsed ends in time, takes no more than it may, and reaches nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from articles.formats.common.text import BadText
from articles.formats.documents.apart import parse_apart, pool
from articles.formats.documents.process import MAX_MEMORY
from tests.articles.formats.documents import make_docx, make_pdf

PAGE = b"<html><body><article><p>Mara Ibsen went to Leeds.</p></article></body></html>"
# Seconds of work for pypdf, whose loops are in Python.
SLOW = make_pdf("x\n" * 200_000)


def waiting() -> int:
    """The number of the process that waits for work."""
    return pool.waiting[-1].process.pid


@contextmanager
def server() -> Iterator[tuple[str, socket.socket]]:
    """An address and its socket, where nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/a", listening


def test_a_process_is_used_again() -> None:
    parse_apart("html", PAGE, "utf-8")
    first = waiting()
    (record,) = parse_apart("html", PAGE, "utf-8")
    assert record["text"] == "Mara Ibsen went to Leeds."
    assert waiting() == first


def test_what_takes_too_long_is_ended_and_the_next_document_is_read() -> None:
    began = time.monotonic()
    with pytest.raises(BadText, match=r"more than 0\.5 seconds"):
        parse_apart("pdf", SLOW, "utf-8", seconds=0.5)
    assert time.monotonic() - began < 10
    assert parse_apart("html", PAGE, "utf-8")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_process_that_ends_while_it_waits_is_replaced(number: signal.Signals) -> None:
    parse_apart("html", PAGE, "utf-8")
    gone = waiting()
    os.kill(gone, number)
    time.sleep(0.1)
    assert parse_apart("html", PAGE, "utf-8")
    assert waiting() != gone


def test_one_that_waited_long_is_replaced() -> None:
    parse_apart("html", PAGE, "utf-8")
    old = pool.waiting[-1]
    old.idle_since -= 3600
    assert parse_apart("html", PAGE, "utf-8")
    assert old not in pool.waiting
    assert old.process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_its_limits_are_those_of_the_operating_system() -> None:
    parse_apart("html", PAGE, "utf-8")
    limits = Path(f"/proc/{waiting()}/limits").read_text()
    of = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert int(of["Max address space"]) == MAX_MEMORY
    assert of["Max file size"] == of["Max core file size"] == "0"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    pool.end_all()
    parse_apart("html", PAGE, "utf-8")
    assert b"hunter2" not in Path(f"/proc/{waiting()}/environ").read_bytes()


def test_documents_fetch_nothing() -> None:
    with server() as (address, listening):
        link = f'<img src="{address}"><link rel="stylesheet" href="{address}">'
        page = f'<!DOCTYPE html SYSTEM "{address}"><html><head>{link}<base href="{address}"></head>'
        parse_apart("html", page.encode() + PAGE, "utf-8")
        feed = (
            f'<!DOCTYPE rss SYSTEM "{address}"><rss version="2.0"><channel><link>{address}</link><item>'
            f"<description>Text</description><link>{address}</link></item></channel></rss>"
        )
        parse_apart("feeds", feed.encode(), "utf-8")
        with pytest.raises(BadText):
            parse_apart("feeds", address.encode(), "utf-8")
        parse_apart("pdf", make_pdf("Text", info=f"/URL ({address})"), "utf-8")
        with pytest.raises(TimeoutError):
            listening.accept()


def test_names_of_files_are_not_opened(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(b'<rss version="2.0"><channel><item><description>T</description></item></channel></rss>')
    with pytest.raises(BadText, match="not XML"):
        parse_apart("feeds", str(feed).encode(), "utf-8")


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('written', 'w').write('x' * 100_000)",
    ],
)
def test_it_may_reach_nothing(attempt: str, tmp_path: Path) -> None:
    code = f"from annotator.lib.confined.inside import confine\nconfine(2**30)\n{attempt}"
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": root}, capture_output=True, text=True
    )
    assert done.returncode
    assert "PermissionError" in done.stderr or "File too large" in done.stderr
    assert not (tmp_path / "written").exists() or not (tmp_path / "written").stat().st_size


def test_it_ends_with_the_one_that_started_it() -> None:
    code = (
        "from articles.formats.documents import apart\n"
        f"apart.parse_apart('html', {PAGE!r}, 'utf-8')\n"
        "print(apart.pool.waiting[0].process.pid, flush=True)\n"
        "input()"
    )
    root = Path(__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", code], cwd=root, stdin=-1, stdout=-1) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        os.kill(child, 0)
        parent.kill()
    until = time.monotonic() + 10
    while time.monotonic() < until and Path(f"/proc/{child}/cmdline").is_file():
        if not Path(f"/proc/{child}/cmdline").read_bytes():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists() or not Path(f"/proc/{child}/cmdline").read_bytes()


def parse_in_a_worker() -> None:
    assert parse_apart("html", PAGE, "utf-8")


def test_a_worker_that_may_have_no_children_may_have_this_one() -> None:
    worker = multiprocessing.get_context("fork").Process(target=parse_in_a_worker, daemon=True)
    worker.start()
    worker.join(30)
    assert worker.exitcode == 0


def test_a_fork_starts_processes_of_its_own() -> None:
    parse_apart("html", PAGE, "utf-8")
    child = os.fork()
    if not child:
        os._exit(len(pool.waiting))
    assert os.waitpid(child, 0)[1] == 0
    assert pool.waiting
    assert parse_apart("docx", make_docx(lambda document: document.add_paragraph("Text")), "utf-8")
