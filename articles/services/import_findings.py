"""What a look through an upload finds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.users.models import Project
from articles.formats.base import ParsedArticle, Problem
from articles.models import Article

MAX_PROBLEMS_KEPT = 1_000
SHOWN_ARTICLES = 5
SHOWN_CHARACTERS = 300
SHOWN_SPANS = 50


@dataclass
class Findings:
    """`problems` holds the first ones, `problem_count` counts all. `labels` are those of the file under
    the schema's names, `unknown` names that the schema lacks by kind, `columns` metadata besides the named
    fields, each with how often it occurs. `complete` says whether the whole file was looked at."""

    articles: int = 0
    spans: int = 0
    repeats: int = 0
    twins: int = 0
    problem_count: int = 0
    problems: list[str] = field(default_factory=list)
    examples: list[dict[str, Any]] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, dict[str, int]] = field(default_factory=dict)
    complete: bool = True

    def add_problem(self, problem: Problem) -> None:
        self.problem_count += 1
        if len(self.problems) < MAX_PROBLEMS_KEPT:
            self.problems.append(str(problem))

    def add_article(self, article: ParsedArticle) -> None:
        self.articles += 1
        self.spans += len(article.spans)
        self.labels.update(span.label for span in article.spans)
        self.columns.update(article.metadata.keys())
        self.dropped.update(article.dropped)
        self.authors.update(reading.author for reading in article.readings)
        if len(self.examples) < SHOWN_ARTICLES:
            self.examples.append(_example(article))


def _example(article: ParsedArticle) -> dict[str, Any]:
    return {
        "title": article.title,
        "file": article.file,
        "text": article.text[:SHOWN_CHARACTERS],
        "characters": len(article.text),
        "spans": [[span.start, span.end, span.label] for span in article.spans[:SHOWN_SPANS]],
    }


def known_already(project: Project, batch: Sequence[ParsedArticle]) -> set[int]:
    """Positions of articles that the project has: the same external id, or without one the same text.

    A file may also repeat itself; then the first one counts.
    """
    digests = [hashlib.sha256(article.text.encode()).hexdigest() for article in batch]
    ids = [article.external_id for article in batch if article.external_id]
    there = Article.objects.filter(project=project)
    known_ids = set(there.filter(external_id__in=ids).values_list("external_id", flat=True)) if ids else set()
    known_texts = set(there.filter(sha256__in=digests).values_list("sha256", flat=True))
    repeats: set[int] = set()
    for number, (article, sha256) in enumerate(zip(batch, digests, strict=True)):
        key, seen = (article.external_id, known_ids) if article.external_id else (sha256, known_texts)
        if key in seen:
            repeats.add(number)
        seen.add(key)
    return repeats
