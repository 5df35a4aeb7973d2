"""Test servers: one PostgreSQL and one Valkey of our own for the whole run, in a temporary folder.

The controlling process starts them before Django reads its settings; xdist workers inherit the addresses, and
each has a database of its own in both.
"""

from __future__ import annotations

import atexit
import gc
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotator.ops.embedded import Places, Servers


def _start_servers() -> None:
    folder = Path(tempfile.mkdtemp(prefix="annotator-tests-"))
    folder.chmod(0o711)
    servers = Servers(Places.of(folder), durable=False)
    servers.acquire(what="tests")

    def stop() -> None:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    servers.start()
    os.environ["DATABASE_URL"] = servers.places.database_url
    os.environ["REDIS_URL"] = servers.places.redis_url
    os.environ["ANNOTATOR_TEST_SERVERS"] = "started"


def _use_own_database_number() -> None:
    """Valkey database 1 for the first xdist worker, 2 for the second; 0 without xdist."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    number = int(re.sub(r"\D", "", worker)) + 1 if worker else 0
    os.environ["REDIS_URL"] = re.sub(r"db=\d+", f"db={number}", os.environ["REDIS_URL"])


if "ANNOTATOR_TEST_SERVERS" not in os.environ:
    _start_servers()
_use_own_database_number()
# Not in pyproject.toml: pytest-django would read the settings before the servers have addresses.
os.environ["DJANGO_SETTINGS_MODULE"] = "annotator.settings.test"

import django  # noqa: E402
import pytest  # noqa: E402
from django.utils import translation  # noqa: E402
from hypothesis import settings  # noqa: E402

import annotator.celery  # noqa: E402,F401 - the app that tasks are sent through

django.setup()

# Without the same examples each time, a change would be refused for what another one broke. To look for more:
# HYPOTHESIS_PROFILE=explore make test-unit. Nor is a test to fail because the machine is busy.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

pytest_plugins = ["tests.personas"]


def pytest_collection_finish() -> None:
    """What is there before the first test stays: Python need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in another language does not leave its language to the tests after it."""
    yield
    translation.deactivate()
