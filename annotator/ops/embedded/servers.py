"""Both servers together, and who owns them: `manage.py up`, or one command for as long as it runs."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import subprocess
import time
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from annotator.ops.embedded.places import Places
from annotator.ops.embedded.postgres import Postgres
from annotator.ops.embedded.valkey import Valkey

WAIT_SECONDS = 60
RETRY_SECONDS = 15


class OwnedElsewhere(RuntimeError):
    """Another process owns the data folder. `owner` is what it wrote about itself."""

    def __init__(self, owner: dict[str, Any]) -> None:
        super().__init__(f"The data folder is in use by process {owner.get('pid', '?')}.")
        self.owner = owner


@dataclass
class Servers:
    """The servers of one data folder. Whoever starts them holds the lock on the folder until they stop."""

    places: Places
    postgres: bool = True
    valkey: bool = True
    durable: bool = True
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False)
    _lock: IO[str] | None = field(default=None, init=False)

    def acquire(self, **about: Any) -> None:
        """Take the data folder, or raise OwnedElsewhere. The lock goes when this process ends, however."""
        self.places.make()
        lock = (self.places.data / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OwnedElsewhere(_read_owner(lock)) from None
        lock.truncate(0)
        lock.write(json.dumps({"pid": os.getpid(), **about}))
        lock.flush()
        self._lock = lock

    def drivers(self) -> dict[str, Postgres | Valkey]:
        wanted: dict[str, Postgres | Valkey] = {}
        if self.postgres:
            wanted["postgres"] = Postgres(self.places, self.durable)
        if self.valkey:
            wanted["valkey"] = Valkey(self.places, self.durable)
        return wanted

    def start(self) -> None:
        """Start both and wait until they answer."""
        for name, driver in self.drivers().items():
            if isinstance(driver, Postgres):
                driver.prepare()
            self._start(name, driver)
            if isinstance(driver, Postgres):
                driver.make_database()

    def stop(self) -> None:
        """Stop both and let go of the folder. Safe to call twice."""
        for name, driver in reversed(self.drivers().items()):
            process = self.processes.pop(name, None)
            if process:
                driver.stop(process)
        if self._lock:
            self._lock.close()
            self._lock = None

    def _start(self, name: str, driver: Postgres | Valkey) -> None:
        """Processes of a tree that was killed may live on for a moment and hold the files: try again."""
        deadline = time.monotonic() + RETRY_SECONDS
        while True:
            self.processes[name] = driver.start()
            try:
                driver.wait_until_ready(self.processes[name])
            except RuntimeError:
                if isinstance(driver, Valkey) and driver.mend():
                    continue
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return

    def are_ready(self) -> bool:
        return all(driver.is_ready() for driver in self.drivers().values())


def use_servers(data: Path, environment: MutableMapping[str, str]) -> None:
    """Set DATABASE_URL and REDIS_URL where they are missing: to running servers of the data folder, or to
    ones that are started now and stopped when this process ends."""
    wanted = {"postgres": "DATABASE_URL" not in environment, "valkey": "REDIS_URL" not in environment}
    if not any(wanted.values()):
        return
    places = Places.of(data)
    servers = Servers(places, **wanted)
    try:
        servers.acquire(what="command")
    except OwnedElsewhere:
        _wait_for(servers)
    else:
        atexit.register(servers.stop)
        servers.start()
    if wanted["postgres"]:
        environment["DATABASE_URL"] = places.database_url
    if wanted["valkey"]:
        environment["REDIS_URL"] = places.redis_url


def _wait_for(servers: Servers) -> None:
    """The owner may be starting or, while it supervises, restarting them."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not servers.are_ready():
        if time.monotonic() > deadline:
            raise RuntimeError("The servers of this data folder do not answer. Look into its logs folder.")
        time.sleep(0.1)


def _read_owner(lock: IO[str]) -> dict[str, Any]:
    lock.seek(0)
    try:
        owner = json.loads(lock.read())
    except ValueError:
        return {}
    return owner if isinstance(owner, dict) else {}
