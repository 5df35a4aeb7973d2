"""An installation to measure: programs call it over HTTP, and its processes' memory is watched."""

from __future__ import annotations

import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import uuid4

import orjson
import psutil
import psycopg

from tests.installation import Installation, open_folder

SAMPLE_SECONDS = 0.2
_ADMIN = "from annotator.users.models import User; User.objects.create_superuser('admin', password='bench-bench-bench')"


@dataclass
class Site:
    installation: Installation
    token: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        return self.installation.call(self.token, method, path, body)

    def get(self, path: str) -> urllib.request.Request:
        headers = {"Authorization": f"Bearer {self.token}"}
        return urllib.request.Request(f"{self.installation.url}/api/v1/{path}", headers=headers)

    def make_project(self, slug: str) -> None:
        """A project whose articles no engine reads."""
        self.call("POST", "projects/", {"slug": slug, "name": slug})
        self.call("PATCH", f"projects/{slug}/", {"preannotate": False})

    def upload(self, slug: str, pieces: Iterable[bytes], size: int, **fields: str) -> dict[str, Any]:
        """Send a file piece by piece. Answers the job."""
        border = uuid4().hex
        head = "".join(_field(border, name, value) for name, value in fields.items())
        head += f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="corpus.jsonl"\r\n\r\n'
        tail = f"\r\n--{border}--\r\n".encode()
        request = self.get(f"projects/{slug}/imports/")
        request.method, request.data = "POST", _joined(head.encode(), pieces, tail)
        # After the data: to set them takes the length away.
        request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
        request.add_header("Content-Length", str(len(head.encode()) + size + len(tail)))
        with urllib.request.urlopen(request, timeout=3600) as response:
            return dict(orjson.loads(response.read()))

    def wait(self, job: int, *, every: float = 0.05) -> dict[str, Any]:
        """Until the job has ended, which must be well. It is asked after `every` so many seconds."""
        while (state := self.call("GET", f"jobs/{job}/"))["state"] in ("queued", "running"):
            time.sleep(every)
        if state["state"] != "succeeded":
            raise SystemExit(f"Job {job} {state['state']}: {state['error']}")
        return dict(state)

    def quiet(self, slug: str) -> None:
        """Until nothing is at work in the background any more."""
        while self.query("SELECT count(*) FROM articles_job WHERE state IN ('queued', 'running')")[0][0]:
            time.sleep(0.2)

    def database(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.installation.data / "run"), user="annotator", dbname="annotator")

    def query(self, sql: LiteralString, *values: object) -> list[Any]:
        with self.database() as connection:
            return connection.execute(sql, values).fetchall()

    def process_ids(self, *words: str) -> list[int]:
        """Of the processes whose command line holds one of the words."""
        return [one.pid for one in self.processes(*words)]

    def processes(self, *words: str) -> list[psutil.Process]:
        """Those whose command line holds one of the words."""
        return [one for one in self.installation.tree() if any(word in _command(one) for word in words)]


@dataclass
class Peak:
    """The most memory that single processes took meanwhile, in MB of RSS by the kind of process. What
    PostgreSQL's backends share is counted in each of them."""

    by_kind: dict[str, float] = field(default_factory=dict)

    @property
    def python(self) -> float:
        return max(self.by_kind.get("web", 0.0), self.by_kind.get("worker", 0.0))

    def __str__(self) -> str:
        return ", ".join(f"{kind} {size:.0f}" for kind, size in sorted(self.by_kind.items()))


_KINDS = {"granian": "web", "celery": "worker", "postgres": "postgres"}


@contextmanager
def memory_watched(site: Site) -> Iterator[Peak]:
    peak, stop = Peak(), threading.Event()

    def watch() -> None:
        kinds: dict[psutil.Process, str] = {}
        while True:
            for process in site.installation.tree():
                _sample(process, kinds, peak)
            if stop.wait(SAMPLE_SECONDS):
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def _sample(process: psutil.Process, kinds: dict[psutil.Process, str], peak: Peak) -> None:
    """A process's kind is asked once: to watch must cost nothing that is felt."""
    try:
        if process not in kinds:
            kinds[process] = next((kind for word, kind in _KINDS.items() if word in _command(process)), "")
        if kind := kinds[process]:
            peak.by_kind[kind] = max(peak.by_kind.get(kind, 0.0), process.memory_info().rss / 2**20)
    except psutil.NoSuchProcess:
        return


@contextmanager
def open_site(*options: str) -> Iterator[Site]:
    """A running installation of its own, removed afterwards. `options` are those of `manage.py up`."""
    with open_folder() as folder:
        installation = Installation(folder / "data", options=("--no-demo", *options))
        installation.start()
        try:
            installation.command("shell", "-c", _ADMIN)
            yield Site(installation, installation.command("token", "admin"))
        finally:
            installation.stop()


def say(what: str, figure: str, must: str = "") -> None:
    print(f"{what:52} {figure}{f'   (must reach {must})' if must else ''}", flush=True)


def _command(process: psutil.Process) -> str:
    """Nothing, for one that has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def _field(border: str, name: str, value: str) -> str:
    return f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


def _joined(head: bytes, pieces: Iterable[bytes], tail: bytes) -> Iterator[bytes]:
    yield head
    yield from pieces
    yield tail
