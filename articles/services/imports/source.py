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

from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.lib.prefetch import Ahead, working_ahead
from annotator.schemas.queries import published_definition
from articles.formats import read_upload
from articles.formats.base import Found, ParsedArticle
from articles.formats.common.mapping import NameMap
from articles.formats.common.source import Source
from articles.models import Import
from articles.queries.files import open_stored
from articles.services.imports.check import Checker
from articles.services.intake.articles import with_newswire
from articles.services.intake.authors import KnownAuthors

BATCH = 500


class ImportFile:
    """The articles of an upload, put into the names of the label schema and checked against it."""

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

    @contextmanager
    def batches(self, *, most: int | None = None) -> Iterator[Ahead[list[Found]]]:
        """Articles, with what their wire headers say, and problems in file order, at most BATCH at a time;
        `most` ends it early."""
        found = read_upload(self._source, self._upload.format, self._upload.options)
        checked = islice(self.checker.checked(found), most)
        told = (with_newswire(one) if isinstance(one, ParsedArticle) else one for one in checked)
        with working_ahead(iter(lambda: list(islice(told, BATCH)), [])) as batches:
            yield batches


@contextmanager
def open_import(upload: Import) -> Iterator[ImportFile]:
    """A copy of the upload on this machine, for as long as it is read. Raises Refused when it is gone."""
    if upload.file is None:
        raise Refused(_("The file of this import is gone. Upload it again."))
    with tempfile.NamedTemporaryFile(prefix="annotator-import-") as copy:
        with open_stored(upload.file) as stored:
            shutil.copyfileobj(stored, copy, 2**20)
        copy.flush()
        size, opened = upload.file.size, partial(_opened, copy.name)
        source = Source(upload.file_name, opened, size=size, encoding=upload.encoding)
        yield ImportFile(upload, source)


def _opened(path: str) -> BinaryIO:
    return Path(path).open("rb")
