"""Where everything of one installation lies."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from annotator.ops.embedded.account import Account, server_account

MAX_SOCKET_PATH = 100
# Used by root only, when the unprivileged account cannot enter the data folder, for example below /root.
SYSTEM_HOME = Path("/var/lib/annotator")


@dataclass(frozen=True)
class Places:
    """The data folder and, inside or for it, the folders of the servers."""

    data: Path
    home: Path
    sockets: Path
    account: Account

    @classmethod
    def of(cls, data: Path) -> Places:
        """The places of a data folder; the same folder always has the same places."""
        data = data.resolve()
        account = server_account()
        name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
        home = data if account.can_reach(data.parent) else SYSTEM_HOME / name
        sockets = home / "run"
        if len(str(sockets)) + len("/.s.PGSQL.5432") > MAX_SOCKET_PATH:
            sockets = Path(tempfile.gettempdir()) / f"annotator-{account.uid}-{name}"
        return cls(data, home, sockets, account)

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def database_url(self) -> str:
        return f"postgresql://annotator@/annotator?host={self.sockets}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.sockets}/valkey.sock?db=0"

    def make(self) -> None:
        """Create the folders. The data folder can be entered by the account that the servers run as."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o711)
        self.logs.mkdir(exist_ok=True)
        if self.home != self.data:
            SYSTEM_HOME.mkdir(mode=0o711, exist_ok=True)
            self.home.mkdir(mode=0o711, exist_ok=True)
            _point(self.data / "servers", self.home)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self._check_sockets()
        self.account.own(self.sockets)

    def server_folder(self, name: str) -> Path:
        """A folder that only the servers' account may enter."""
        folder = self.home / name
        if not folder.exists():
            folder.mkdir(mode=0o700)
            self.account.own(folder)
        return folder

    def package_folder(self, package: str) -> Path | None:
        """Where an installed package lies, or a copy of it that the servers' account can reach; None without
        the package. Shared libraries beside the package (`PACKAGE.libs`) come along."""
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            return None
        installed = Path(spec.origin).parent
        if self.account.can_reach(installed):
            return installed
        stamp = hashlib.sha256(f"{installed}{installed.stat().st_mtime_ns}".encode()).hexdigest()[:12]
        copy = self.home / "programs" / stamp
        if not (copy / "complete").exists():
            copy.mkdir(parents=True, exist_ok=True)
            for part in (installed, installed.parent / f"{package}.libs"):
                if part.exists():
                    shutil.copytree(part, copy / part.name, dirs_exist_ok=True)
            (copy / "complete").touch()
        return copy / package

    def _check_sockets(self) -> None:
        """The folder in a shared temp folder must be ours: nobody may have put it there before us."""
        found = self.sockets.lstat()
        if found.st_uid not in (0, self.account.uid) or self.sockets.is_symlink() or found.st_mode & 0o077:
            raise RuntimeError(
                f"{self.sockets} belongs to somebody else. Remove it, or choose another DATA folder."
            )


def _point(link: Path, target: Path) -> None:
    if not link.is_symlink():
        link.symlink_to(target)
