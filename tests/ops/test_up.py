"""`manage.py up` as a person meets it: started twice, killed in every way, stopped, started again."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx
import orjson
import psutil
import pytest

from tests.installation import ROOT, Installation, open_folder

pytestmark = pytest.mark.slow

TEXT = "ab " * 400


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with open_folder() as folder:
        one = Installation(folder / "data")
        one.start()
        yield one
        one.stop()


@pytest.fixture(scope="module")
def token(installation: Installation) -> str:
    return installation.command("token", "admin")


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def answers(installation: Installation) -> bool:
    try:
        with urllib.request.urlopen(f"{installation.url}/health/", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def test_logins_are_for_their_owner_only(installation: Installation) -> None:
    mode = stat.S_IMODE((installation.data / "demo-logins.txt").stat().st_mode)
    assert mode == 0o600
    assert set(installation.logins) >= {"admin", "manager", "reviewer", "annotator", "viewer"}
    assert len(set(installation.logins.values())) == len(installation.logins)


def test_the_servers_listen_nowhere_but_on_loopback(installation: Installation) -> None:
    listening = [
        connection.laddr.ip
        for process in installation.tree()
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert set(listening) == {"127.0.0.1"}


def test_postgresql_does_not_run_as_root(installation: Installation) -> None:
    assert installation.child("postgres").uids().effective != 0


def test_a_second_start_says_so_and_harms_nothing(installation: Installation) -> None:
    second = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "up", "--port", str(installation.port)],
        env=installation.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 1
    assert "already running" in second.stderr
    assert installation.url in second.stderr
    assert answers(installation)


@pytest.mark.parametrize("word", ["granian", "--concurrency", "beat-schedule", "valkey", "postgres"])
def test_what_dies_is_started_again_and_acknowledged_edits_are_there(
    installation: Installation, token: str, word: str
) -> None:
    """Edits go on while a process is killed with -9; each one that was acknowledged must be there."""
    created = installation.call(token, "POST", "projects/demo/articles/", {"text": f"{TEXT} {uuid4()}"})
    path = f"articles/{created['id']}/layers/gold/"
    acknowledged: set[str] = set()
    victim = installation.child(word)
    for number in range(60):
        if number == 20:
            victim.send_signal(signal.SIGKILL)
        span = {"id": str(uuid4()), "start": 3 * number, "end": 3 * number + 2, "label": "ORG"}
        edit = {"id": str(uuid4()), "op": "add_span", "span": span}
        wait_until(lambda edit=edit: _sent(installation, token, path, edit))  # type: ignore[misc]
        acknowledged.add(str(span["id"]))
    wait_until(lambda: _is_back(installation, word, victim.pid))
    layer = installation.call(token, "GET", path)
    assert {span["id"] for span in layer["spans"]} == acknowledged
    assert layer["version"] == len(acknowledged)


def test_a_worker_killed_in_the_middle_of_a_run_leaves_nothing_undone(
    installation: Installation, token: str
) -> None:
    bodies = [{"text": f"PARIS, France, May 3. Story {uuid4()}. " * 20} for _ in range(300)]
    ids = [row["id"] for row in installation.call(token, "POST", "projects/demo/articles/", bodies)]
    job = installation.call(token, "POST", "projects/demo/runs/", {"articles": ids})["id"]
    for _ in range(2):
        wait_until(lambda: installation.call(token, "GET", f"jobs/{job}/")["done"] > 0)
        wait_until(lambda: installation.has_child("--concurrency"))
        installation.child("--concurrency").kill()
        time.sleep(1)
    wait_until(lambda: installation.call(token, "GET", f"jobs/{job}/")["state"] == "succeeded", 120)
    end = installation.call(token, "GET", f"jobs/{job}/")
    assert (end["done"], end["total"], end["report"]["failed"]) == (300, 300, 0)
    for id_ in ids[::50]:
        layers = {
            layer["author"]: layer for layer in installation.call(token, "GET", f"articles/{id_}/layers/")
        }
        assert layers["engine:newswire"]["spans"] > 0


def test_a_worker_killed_in_the_middle_of_an_import_imports_once(
    installation: Installation, token: str
) -> None:
    installation.call(token, "POST", "projects/", {"slug": "killed", "name": "Killed"})
    installation.call(token, "PATCH", "projects/killed/", {"preannotate": False})
    spans = [{"start": 3 * number, "end": 3 * number + 2, "label": "ORG"} for number in range(60)]
    rows = (orjson.dumps({"text": f"{TEXT} {number}", "spans": spans}) for number in range(6_000))
    answer = httpx.post(
        f"{installation.url}/api/v1/projects/killed/imports/",
        headers={"Authorization": f"Bearer {token}"},
        files={"file": ("a.jsonl", b"\n".join(rows))},
        data={"twins": "import"},
        timeout=60,
    )
    job = f"jobs/{answer.json()['id']}/"
    for _ in range(2):
        wait_until(lambda: installation.has_child("--concurrency"))
        wait_until(lambda: installation.call(token, "GET", job)["state"] == "running")
        time.sleep(0.5)
        installation.child("--concurrency").kill()
        assert installation.call(token, "GET", job)["state"] == "running"
        assert installation.call(token, "GET", "projects/killed/articles/")["results"] == []
        time.sleep(1)
    wait_until(lambda: installation.call(token, "GET", job)["state"] == "succeeded", 180)
    assert installation.call(token, "GET", job)["report"] == {"imported": 6_000, "repeats": 0, "left_out": 0}
    assert installation.call(token, "GET", "projects/killed/progress/")["by_status"]["gold"] == 6_000


def test_data_survives_killing_everything(installation: Installation, token: str) -> None:
    created = installation.call(token, "POST", "projects/demo/articles/", {"text": f"Kept {uuid4()}"})
    installation.kill_everything()
    installation.start()
    assert installation.call(token, "GET", f"articles/{created['id']}/")["text"] == created["title"]


def test_ctrl_c_leaves_no_process_and_a_command_finds_the_data(installation: Installation) -> None:
    assert installation.stop() == []
    printed = installation.command(
        "shell", "-c", "from articles.models import Article; print(Article.objects.count())"
    )
    assert int(printed.split()[-1]) > 300
    installation.start()
    assert answers(installation)


def _sent(installation: Installation, token: str, path: str, edit: dict[str, object]) -> bool:
    try:
        answer = installation.call(token, "POST", f"{path}edits/", {"edits": [edit]})
    except (urllib.error.URLError, OSError):
        return False
    return answer["results"][0]["status"] in ("applied", "duplicate")


def _is_back(installation: Installation, word: str, old: int) -> bool:
    try:
        return installation.child(word).pid != old and answers(installation)
    except LookupError:
        return False
