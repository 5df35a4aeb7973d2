from __future__ import annotations

from uuid import uuid4

from articles.domain.spans import Span
from articles.formats.base import ExportArticle


def make_article(text: str, *spans: tuple[int, int, str], language: str = "en") -> ExportArticle:
    made = tuple(Span(uuid4(), start, end, label) for start, end, label in spans)
    return ExportArticle(1, "a1", text, {"language": language}, made)


def mark(text: str, surface: str, label: str) -> tuple[int, int, str]:
    start = text.index(surface)
    return start, start + len(surface), label
