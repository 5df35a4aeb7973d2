"""What a look through an upload finds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.users.models import Project
from articles.formats.base import ParsedArticle, Problem
from articles.queries.articles import texts_there
from articles.queries.corrections.versions import correctable

MAX_PROBLEMS_KEPT = 1_000
SHOWN_ARTICLES = 5
SHOWN_CHARACTERS = 300
SHOWN_SPANS = 50
# A file may have other names in each article. A page, and a row of the database, hold no more than this.
SHOWN_NAMES = 150


@dataclass
class Findings:
    """`problems` holds the first ones, `problem_count` counts all. `labels` are those of the file under
    the schema's names, `unknown` names that the schema lacks by kind, `columns` metadata besides the named
    fields, each with how often it occurs; `corrections` are those of the repeats that have another text than
    the article they repeat. `complete` says whether the whole file was looked at."""

    articles: int = 0
    spans: int = 0
    repeats: int = 0
    corrections: int = 0
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

    def as_preview(self) -> dict[str, Any]:
        """As JSON-ready data: of each kind of names the most frequent."""
        counted = ("labels", "columns", "dropped", "authors")
        shown = {name: _most_frequent(getattr(self, name)) for name in counted}
        unknown = {kind: _most_frequent(names) for kind, names in self.unknown.items()}
        return {**vars(self), **shown, "unknown": unknown}


def _most_frequent(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(counts).most_common(SHOWN_NAMES))


def _example(article: ParsedArticle) -> dict[str, Any]:
    return {
        "title": article.title,
        "file": article.file,
        "text": article.text[:SHOWN_CHARACTERS],
        "characters": len(article.text),
        "spans": [[span.start, span.end, span.label] for span in article.spans[:SHOWN_SPANS]],
    }


def corrections_among(
    project: Project, batch: Sequence[ParsedArticle], known: Collection[int]
) -> dict[int, int]:
    """Positions of articles whose external id the project has with another text, and never had with this one;
    each with the id of the project's article. Of several with one external id the first counts."""
    wanted = {batch[number].external_id for number in known} - {""}
    there = correctable(project, wanted) if wanted else {}
    found: dict[int, int] = {}
    for number in sorted(known):
        article, texts = there.pop(batch[number].external_id, (0, set()))
        if article and hashlib.sha256(batch[number].text.encode()).hexdigest() not in texts:
            found[number] = article
    return found


def known_already(project: Project, batch: Sequence[ParsedArticle]) -> set[int]:
    """Positions of articles that the project has: the same external id; or the same text, unless both have
    an external id and these differ.

    A file may also repeat itself; then the first one counts.
    """
    digests = [hashlib.sha256(article.text.encode()).hexdigest() for article in batch]
    wanted = sorted({article.external_id for article in batch} - {""})
    stored = texts_there(project, external_ids=wanted, digests=digests)
    ids = {external_id for external_id, _ in stored if external_id}
    texts = {sha256 for _, sha256 in stored}
    texts_without_id = {sha256 for external_id, sha256 in stored if not external_id}
    repeats: set[int] = set()
    for number, (article, sha256) in enumerate(zip(batch, digests, strict=True)):
        external_id = article.external_id
        if external_id in ids or sha256 in (texts_without_id if external_id else texts):
            repeats.add(number)
        texts.add(sha256)
        if external_id:
            ids.add(external_id)
        else:
            texts_without_id.add(sha256)
    return repeats
