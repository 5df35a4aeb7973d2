"""Plain text: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from articles.formats.base import Found, ParsedArticle, Problem, Reader
from articles.formats.common.source import Source
from articles.formats.common.text import BadText, problem_with_text


class PlainReader(Reader):
    format = "plain"
    title = "Plain text, one article a file"
    extensions = (".txt", ".text", ".md")

    def read(self, file: Source) -> Iterator[Found]:
        name = file.name
        try:
            text = file.text()
        except BadText as error:
            yield Problem(name, error.line, str(error))
            return
        problem = problem_with_text(text)
        if problem:
            yield Problem(name, None, problem)
            return
        metadata: dict[str, object] = {"file": name}
        if file.has_bom:
            metadata["byte_order_mark_removed"] = True
        yield ParsedArticle(text=text, file=name, metadata=metadata)
