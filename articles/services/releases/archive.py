"""The zip of a release: the data in `data/`, beside it all that is needed to understand and check it."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from typing import Any

import orjson

from annotator.schemas.definition import parse_definition
from articles.domain.dataset_card import dataset_card, front_matter
from articles.formats import writer_for
from articles.formats.base import Problem, StoredArticle, Writer
from articles.formats.common.archive import Content, zip_pieces
from articles.formats.common.loading import loading
from articles.formats.common.packaging import Package
from articles.models import Release
from articles.queries.exports.statement import Extent
from articles.queries.exports.stream import stored_articles
from articles.queries.releases.figures import WHOLE, released, split_rows
from articles.queries.releases.query import ReleaseQuery
from articles.services.jobs.lifecycle import Progress


class ReleaseArchive:
    """Written once. `manifest` and `card` are complete when the last piece has been taken."""

    def __init__(
        self, release: Release, query: ReleaseQuery, manifest: Mapping[str, Any], progress: Progress
    ) -> None:
        self.name = f"{release.project.slug}-release-{release.number}.zip"
        self.manifest: dict[str, Any] = {**manifest, "files": []}
        self.card = ""
        self._release = release
        self._query = query
        self._export = query.export
        self._progress = progress
        self._definition = parse_definition(self.manifest["schema"]["definition"])
        self._wants_tokens = self._writer().wants_tokens
        self._reading: Generator[StoredArticle, None, None] | None = None

    def pieces(self) -> Generator[bytes, None, None]:
        """The zip. Whatever happens, the connection is free again when this ends or is closed."""
        try:
            yield from zip_pieces(self._entries())
        finally:
            if self._reading:
                self._reading.close()

    def _entries(self) -> Iterator[tuple[str, Content]]:
        """The manifest comes last: it has the digests of all the others."""
        for name, content in self._contents():
            yield name, self._noted(name, content)
        yield "manifest.json", _json(self.manifest)

    def _noted(self, name: str, content: Content) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        for piece in (content,) if isinstance(content, bytes) else content:
            digest.update(piece)
            size += len(piece)
            yield piece
        self.manifest["files"].append({"name": name, "size": size, "sha256": digest.hexdigest()})

    def _contents(self) -> Iterator[tuple[str, Content]]:
        package = Package(WHOLE, self._writer, self._rows, self._query.parts)
        yield from ((f"data/{name}", content) for name, content in package.files())
        report = package.report()
        self.manifest["report"] = report.told()
        yield "report.json", _json(self.manifest["report"])
        yield "splits.json", self._splits()
        yield "schema.json", _json(self.manifest["schema"])
        yield "guidelines.md", self._release.project.guidelines.encode()
        self.card = dataset_card(self.manifest, loading(self._export.file_format, self._data()[0]))
        yield "README.md", (front_matter(self.manifest, self._for_the_hub()) + self.card).encode()

    def _data(self) -> list[str]:
        names = [str(file["name"]) for file in self.manifest["files"]]
        return [name for name in names if name.startswith("data/")]

    def _for_the_hub(self) -> dict[str, str]:
        """The data file of each part, where Hugging Face's loaders can read it."""
        parts = [part or "train" for part in self._query.parts]
        files = [name for name in self._data() if name.endswith((".jsonl", ".csv", ".parquet"))]
        return dict(zip(parts, files, strict=True)) if len(files) == len(parts) else {}

    def _writer(self) -> Writer:
        writer = writer_for(self._export.file_format, self._definition, self._export.options)
        if isinstance(writer, Problem):
            raise ValueError(writer.reason)
        return writer

    def _rows(self, part: str, *, with_text: bool = True) -> Iterator[StoredArticle]:
        articles = released(self._release, part)
        self._reading = stored_articles(articles, self._export.layer, self._extent(with_text))
        with closing(self._reading) as reading:
            for article in reading:
                yield article
                self._progress.count()

    def _extent(self, with_text: bool) -> Extent:
        reader = self._release.created_by if self._export.comments else None
        return Extent(with_text, self._wants_tokens, self._export.history, reader)

    def _splits(self) -> Iterator[bytes]:
        """Which article is where, one a line, so that a million of them need no memory."""
        yield b'{"split": ' + orjson.dumps(self.manifest["query"]["split"]) + b', "articles": [\n'
        between = b""
        for row in split_rows(self._release):
            yield between + orjson.dumps(row)
            between = b",\n"
        yield b"\n]}\n"


def _json(data: Any) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
