"""What is sent: a file, a folder as a zip of its files, or bytes."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple, Union

Source = Union[str, "os.PathLike[str]", bytes]


class Upload(NamedTuple):
    name: str
    file: IO[bytes]
    size: int


@contextmanager
def opened(source: Source, name: str | None) -> Iterator[Upload]:
    """Raises ValueError, OSError."""
    with _open(source) as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        yield Upload(name or _name(source), file, size)


def _open(source: Source) -> IO[bytes]:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    path = Path(source)
    return _packed(path) if path.is_dir() else path.open("rb")


def _name(source: Source) -> str:
    if isinstance(source, bytes):
        raise ValueError("Bytes need a name, like name='stories.jsonl': the format is recognised by it too.")
    path = Path(source).resolve()
    return f"{path.name}.zip" if path.is_dir() else path.name


def _packed(folder: Path) -> IO[bytes]:
    """A temporary zip of the folder's files. Hidden ones and links are left out."""
    packed = TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in inside.parts)
            if path.is_file() and not path.is_symlink() and not hidden:
                archive.write(path, inside.as_posix())
    return packed
