"""What arrives: into a hidden `.part` file first, which takes its name once it is whole."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import IO, Any, Union

import httpx
from tqdm import tqdm

from .connection import TRIES, Connection, Params, pause_after
from .errors import ConnectionFailed, Damaged
from .progress import bytes_bar

Target = Union[str, "os.PathLike[str]"]
PIECE = 2**20


def save_export(connection: Connection, path: str, params: Params, target: Target, *, shown: bool) -> Path:
    """Write a stream of unknown length to a file, or into a folder under the name that the server gives it.
    One that breaks off leaves nothing, and cannot be resumed: the data may have changed meanwhile."""
    with connection.stream(path, params) as response:
        whole = _place(Path(target), response)
        part = whole.with_name(f".{whole.name}.part")
        try:
            with bytes_bar(whole.name, None, shown=shown) as bar, part.open("wb") as file:
                _write(response, file, bar)
            return part.replace(whole)
        finally:
            part.unlink(missing_ok=True)


def save_frozen(
    connection: Connection, path: str, target: Path, *, size: int, sha256: str, shown: bool
) -> Path:
    """Write a file that never changes. One that breaks off is taken up where it stopped, also by the next
    run of the program. Raises Damaged when the result has another checksum."""
    part = target.with_name(f".{target.name}.{sha256[:12]}.part")
    with bytes_bar(target.name, size, shown=shown) as bar:
        failures = 0
        while (begun := _size(part)) < size:
            bar.n = begun
            try:
                _append(connection, path, part, f'"{sha256}"', bar)
                break
            except ConnectionFailed:
                failures = failures + 1 if _size(part) == begun else 0
                if failures == TRIES:
                    raise
                time.sleep(pause_after(failures))
    if _sha256(part) != sha256:
        part.unlink()
        raise Damaged(f"{target.name} is not what the server has: its SHA-256 differs. Download it again.")
    return part.replace(target)


def lines_of(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Lines end with a line feed and nothing else: a text may hold other line separators."""
    rest: list[bytes] = []
    for piece in pieces:
        first, *more = piece.split(b"\n")
        rest.append(first)
        for line in more:
            yield b"".join(rest)
            rest = [line]
    if last := b"".join(rest):
        yield last


def _append(connection: Connection, path: str, part: Path, etag: str, bar: tqdm[Any]) -> None:
    begun = _size(part)
    ranged = {"Range": f"bytes={begun}-", "If-Range": etag} if begun else {}
    with connection.stream(path, headers=ranged) as response:
        if begun and response.status_code != httpx.codes.PARTIAL_CONTENT:
            bar.reset()
            begun = 0
        with part.open("ab" if begun else "wb") as file:
            _write(response, file, bar)


def _write(response: httpx.Response, file: IO[bytes], bar: tqdm[Any]) -> None:
    # Pieces as they come: larger ones would be lost when the connection breaks in the middle of one.
    for piece in response.iter_bytes():
        file.write(piece)
        bar.update(len(piece))


def _place(target: Path, response: httpx.Response) -> Path:
    if not target.is_dir():
        return target
    header = Message()
    header["Content-Disposition"] = response.headers.get("Content-Disposition", "")
    # Only the last part, and nothing hidden: a name is data, not a path to write to.
    name = Path((header.get_filename() or "").replace("\\", "/")).name.lstrip(".")
    return target / (name or "export")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
