"""A thread beside the work that says every two seconds that the worker is alive."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, connections

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 2.0


@contextmanager
def heartbeat(beat: Callable[[], object], *, of: str) -> Iterator[None]:
    """Calls `beat` in a thread with its own connection, so that a long batch does not look like death."""
    stop = threading.Event()
    thread = threading.Thread(target=_keep_beating, args=(beat, of, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_beating(beat: Callable[[], object], of: str, stop: threading.Event) -> None:
    try:
        while not stop.wait(HEARTBEAT_SECONDS):
            try:
                beat()
            except Exception:
                log.warning("The heartbeat of %s missed a beat", of, exc_info=True)
                connection.close()
    finally:
        connections.close_all()
