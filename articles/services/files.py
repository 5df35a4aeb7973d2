from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from articles.models import StoredFile
from articles.models.files import PART_BYTES


def store_file(*, name: str, pieces: Iterable[bytes]) -> StoredFile:
    """Keep a file. Its pieces are read once and held one at a time, so it may be larger than memory."""
    digest, size = hashlib.sha256(), 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('articles_storedfile', 'id'))")
        (file_id,) = cursor.fetchone()
        with connection.wrap_database_errors, cursor.copy(_PARTS) as copy:
            copy.set_types(["int8", "int4", "bytea"])
            for number, part in enumerate(_parts(pieces)):
                digest.update(part)
                size += len(part)
                copy.write_row((file_id, number, part))
        return StoredFile.objects.create(pk=file_id, name=name[:255], size=size, sha256=digest.hexdigest())


def forget_file(file: StoredFile) -> None:
    """Remove an upload that has served. What a release holds stays: the database refuses."""
    file.delete()


_PARTS = "COPY articles_filepart (file_id, number, content) FROM STDIN (FORMAT BINARY)"


def _parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut into parts of PART_BYTES."""
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        while len(buffer) >= PART_BYTES:
            yield bytes(buffer[:PART_BYTES])
            del buffer[:PART_BYTES]
    if buffer:
        yield bytes(buffer)
