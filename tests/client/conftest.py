"""The client against the real server, over HTTP, with a worker beside it.

Tests import it from its folder; whoever installs it says `import annotator_client`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from annotator.users.models import User
from articles.models import Job, RunWorker
from articles.services.runs.work import work_on_run
from articles.tasks.imports import import_file, look_through_file
from articles.tasks.releases import publish_release
from articles.tasks.twins import find_twins
from client.annotator_client import Annotator
from tests.builders import make_token


def run(job_id: int) -> None:
    """In place of the worker that the request called, and for which nobody waits here."""
    RunWorker.objects.filter(job=job_id).delete()
    work_on_run(job_id)


WORK: dict[Job.Kind, Callable[[int], object]] = {
    Job.Kind.IMPORT: import_file,
    Job.Kind.INSPECT: look_through_file,
    Job.Kind.RELEASE: publish_release,
    Job.Kind.RUN: run,
    Job.Kind.TWINS: find_twins,
}
SignIn = Callable[[User], Annotator]


@pytest.fixture
def sign_in(live_server: LiveServer) -> Iterator[SignIn]:
    """`sign_in(manager)` is a client that acts for them."""
    clients: list[Annotator] = []

    def do(user: User) -> Annotator:
        clients.append(Annotator(live_server.url, make_token(user), progress=False))
        return clients[-1]

    yield do
    for client in clients:
        client.close()


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """Does what is queued, as Celery would."""
    stop = threading.Event()
    thread = threading.Thread(target=_work_until, args=(stop,))
    thread.start()
    yield
    stop.set()
    thread.join()


def _work_until(stop: threading.Event) -> None:
    try:
        while not stop.wait(0.02):
            for job in Job.objects.filter(state=Job.State.QUEUED):
                WORK[Job.Kind(job.kind)](job.pk)
    finally:
        connection.close()
