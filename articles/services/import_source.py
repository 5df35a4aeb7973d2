"""The file of an import, read batch by batch."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from annotator.lib.errors import Refused
from annotator.lib.prefetch import prefetched
from annotator.schemas.queries import published_definition
from articles.formats import read_upload
from articles.formats.base import Found
from articles.formats.mapping import NameMap
from articles.formats.source import Source
from articles.models import Import
from articles.queries.files import open_stored
from articles.services.import_check import Checker
from articles.services.intake_authors import KnownAuthors

BATCH = 500


class ImportFile:
    """What an upload holds, under the names of the label schema and held against it."""

    def __init__(self, upload: Import, source: Source) -> None:
        self._upload = upload
        self._source = source
        self.checker = Checker(
            published_definition(upload.project_id),
            NameMap.parse(upload.mapping),
            upload.unknown,
            layer=upload.layer,
            authors=KnownAuthors(upload.project),
        )

    def batches(self, *, most: int | None = None) -> Iterator[list[Found]]:
        """Articles and problems in file order, at most BATCH at a time; `most` ends it early.

        The next batch is read while the caller works on this one.
        """
        found = read_upload(self._source, self._upload.format, self._upload.options)
        checked = islice(self.checker.checked(found), most)
        yield from prefetched(iter(lambda: list(islice(checked, BATCH)), []))


@contextmanager
def open_import(upload: Import) -> Iterator[ImportFile]:
    """A copy of the upload on this machine, for as long as it is read. Raises Refused when it is gone."""
    if upload.file is None:
        raise Refused("The file of this import is gone. Upload it again.")
    with tempfile.NamedTemporaryFile(prefix="annotator-import-") as copy:
        with open_stored(upload.file) as stored:
            shutil.copyfileobj(stored, copy, 2**20)
        copy.flush()
        size, opened = upload.file.size, partial(_opened, copy.name)
        source = Source(upload.file_name, opened, size=size, encoding=upload.encoding)
        yield ImportFile(upload, source)


def _opened(path: str) -> BinaryIO:
    return Path(path).open("rb")
