"""What the engine has learned, as bytes that say what they are: a magic, a version, then a zlib stream of
named parts. Nothing in it is ever run."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import Any

import orjson

from articles.engines.base import EngineError

Header = dict[str, Any]
Parts = dict[str, bytes]

MAGIC = b"annotator learned 1\n"
MAX_BYTES = 128 * 2**20  # unpacked
_DIGEST = 32
_SIZE = 4


def pack(header: Header, parts: Parts) -> bytes:
    """One model. The same header and parts give the same bytes."""
    sizes = [[name, len(part)] for name, part in parts.items()]
    head = orjson.dumps({**header, "parts": sizes}, option=orjson.OPT_SORT_KEYS)
    body = b"".join([len(head).to_bytes(_SIZE, "big"), head, *parts.values()])
    packed = zlib.compress(body, 6)
    return MAGIC + sha256(packed).digest() + packed


def unpack(model: bytes) -> tuple[Header, Parts]:
    """Header and parts. Raises EngineError when the bytes are not whole or not ours."""
    if not model.startswith(MAGIC):
        raise EngineError(
            "This is not a model of the learned engine, or one of another version. Train it again."
        )
    packed = model[len(MAGIC) + _DIGEST :]
    if sha256(packed).digest() != model[len(MAGIC) : len(MAGIC) + _DIGEST]:
        raise EngineError("The model of the learned engine is damaged. Train it again.")
    try:
        return _parts(_unzipped(packed))
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise EngineError(
            f"The model of the learned engine cannot be read: {error}. Train it again."
        ) from error


def _unzipped(packed: bytes) -> bytes:
    stream = zlib.decompressobj()
    body = stream.decompress(packed, MAX_BYTES)
    if not stream.eof:
        raise ValueError("it is cut off, or too large")
    return body


def _parts(body: bytes) -> tuple[Header, Parts]:
    start = _SIZE + int.from_bytes(body[:_SIZE], "big")
    header = orjson.loads(body[_SIZE:start])
    parts: Parts = {}
    for name, size in header.pop("parts"):
        parts[name], start = body[start : start + size], start + size
    if start != len(body):
        raise ValueError("its parts do not add up")
    return header, parts
