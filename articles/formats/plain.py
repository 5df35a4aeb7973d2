"""Plain text: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from articles.formats.base import ParsedArticle, Problem, Reader
from articles.formats.text import BadText, decode, problem_with_text, without_bom


class PlainReader(Reader):
    format = "plain"
    title = "Plain text, one article a file"
    extensions = (".txt", ".text", ".md")

    def read(self, name: str, content: bytes) -> Iterator[ParsedArticle | Problem]:
        content, had_bom = without_bom(content)
        try:
            text = decode(content)
        except BadText as error:
            yield Problem(name, error.line, str(error))
            return
        problem = problem_with_text(text)
        if problem:
            yield Problem(name, None, problem)
            return
        metadata: dict[str, object] = {"file": name}
        if had_bom:
            metadata["byte_order_mark_removed"] = True
        yield ParsedArticle(text=text, file=name, metadata=metadata)
