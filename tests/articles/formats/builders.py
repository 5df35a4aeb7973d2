from __future__ import annotations

import io
import zipfile
from uuid import uuid4

import orjson

from articles.domain.spans import Span
from articles.formats import read_upload, writer_for
from articles.formats.base import (
    ExportArticle,
    FolderWriter,
    Found,
    LossReport,
    ParsedArticle,
    Problem,
    StoredArticle,
    Tokens,
    Writer,
)
from articles.formats.common.source import Source


def make_article(text: str, *spans: tuple[int, int, str], language: str = "en") -> ExportArticle:
    made = tuple(Span(uuid4(), start, end, label) for start, end, label in spans)
    return ExportArticle(1, "a1", text, {"language": language}, made)


def make_stored(article: ExportArticle) -> StoredArticle:
    """The article as the database would give it."""
    spans = [
        (one.id, one.start, one.end, one.label, one.fragments, one.attributes, one.confidence)
        for one in article.spans
    ]
    relations = [(one.id, one.type, one.source, one.target, one.attributes) for one in article.relations]
    return StoredArticle(
        article.id,
        article.external_id,
        article.text,
        dict(article.metadata),
        orjson.loads(orjson.dumps(spans)),
        orjson.loads(orjson.dumps(relations)),
        list(article.labels),
        article.readings,
        article.talks,
        article.tokens,
    )


def mark(text: str, surface: str, label: str) -> tuple[int, int, str]:
    start = text.index(surface)
    return start, start + len(surface), label


def read(name: str, content: bytes, file_format: str = "auto", **options: str) -> list[Found]:
    """What an upload holds, as an import would see it."""
    return list(read_upload(Source.of(name, content), file_format, options))


def read_articles(
    name: str, content: bytes, file_format: str = "auto", **options: str
) -> list[ParsedArticle]:
    """The same, of an upload without problems."""
    found = read(name, content, file_format, **options)
    assert not problems(found), found
    return [one for one in found if isinstance(one, ParsedArticle)]


def problems(found: list[Found]) -> list[tuple[str, int | None, str]]:
    return [(one.file, one.line, one.reason) for one in found if isinstance(one, Problem)]


def make_writer(file_format: str, **options: str) -> Writer:
    writer = writer_for(file_format, None, options)
    assert isinstance(writer, Writer), writer
    return writer


def write(file_format: str, *articles: ExportArticle, **options: str) -> tuple[bytes, LossReport]:
    """The whole file, and the report of what it could not hold."""
    writer = make_writer(file_format, **options)
    return b"".join(writer.write(articles)), writer.report


def files_of(writer: Writer, *articles: ExportArticle) -> dict[str, bytes]:
    """What a writer of several files writes, by name."""
    assert isinstance(writer, FolderWriter)
    return {
        name: content if isinstance(content, bytes) else b"".join(content)
        for name, content in writer.files(articles)
    }


def make_zip(**files: bytes) -> bytes:
    """An archive; `__` in a name stands for its full stop."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def exported(article: ParsedArticle) -> ExportArticle:
    """An imported article as an export would hand it to a writer, after its tokens were stored as JSON."""
    stored = article.tokens and orjson.loads(orjson.dumps(article.tokens))
    tokens = stored and Tokens(
        bounds=tuple((start, end) for start, end in stored["bounds"]),
        sentences=tuple(stored["sentences"]),
        columns=stored["columns"],
        layout=stored["layout"],
    )
    return ExportArticle(
        id=1,
        external_id=article.external_id,
        text=article.text,
        metadata=article.metadata,
        spans=article.spans,
        relations=article.relations,
        labels=article.labels,
        tokens=tokens,
    )
