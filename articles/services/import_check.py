"""What a file holds, under the names of the project's label schema and held against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.schemas.definition import Definition, is_name
from articles.domain.layer_check import problems_with_layer
from articles.domain.unknown_names import UnknownNames
from articles.formats.base import Found, ParsedArticle, Problem, Reading
from articles.formats.mapping import LEAVE_OUT, NameMap
from articles.models import Import


class Checker:
    """Maps names, and finds what does not fit. `definition` grows when unknown names are to be added;
    `unknown` counts every name that the schema lacked, whatever becomes of it."""

    def __init__(self, definition: Definition, names: NameMap, policy: str) -> None:
        self.definition = self._published = definition
        self.unknown = UnknownNames()
        self._names = names
        self._policy = policy

    @property
    def has_new_names(self) -> bool:
        """Whether what was read needs a new version of the schema."""
        return self.definition != self._published

    def checked(self, found: Iterable[Found]) -> Iterator[Found]:
        """Each article as it would be imported, or why it cannot be."""
        for one in found:
            yield one if isinstance(one, Problem) else self._article(self._names.applied(one))

    def _article(self, article: ParsedArticle) -> Found:
        problem = self._problem(article)
        if problem and (names := self._unknown_in(article)):
            article = self._with_names_settled(article, names)
            problem = self._problem(article)
        return Problem(article.file, article.line, problem) if problem else article

    def _problem(self, article: ParsedArticle) -> str | None:
        length = len(article.text)
        for reading in _readings(article):
            problems = problems_with_layer(
                reading.spans, reading.relations, reading.labels, length=length, definition=self.definition
            )
            if problems:
                return problems[0]
        return _problem_with_talks(article)

    def _unknown_in(self, article: ParsedArticle) -> UnknownNames | None:
        names = UnknownNames()
        for reading in _readings(article):
            names.count(reading.spans, reading.relations, reading.labels, self.definition)
        self.unknown.add(names)
        return names if names.as_dict() else None

    def _with_names_settled(self, article: ParsedArticle, names: UnknownNames) -> ParsedArticle:
        self.definition = names.only(self._is_to_be_added).added_to(self.definition)
        if self._policy != Import.Unknown.LEAVE_OUT:
            return article
        left = names.only(lambda kind, name: not self._is_to_be_added(kind, name)).as_dict()
        nothing = {kind: dict.fromkeys(found, LEAVE_OUT) for kind, found in left.items()}
        return NameMap(**nothing).applied(article)

    def _is_to_be_added(self, kind: str, name: str) -> bool:
        return is_name(name) and (self._policy == Import.Unknown.ADD or self._names.keeps(kind, name))


def _readings(article: ParsedArticle) -> Iterator[Reading]:
    yield Reading("", article.spans, article.relations, article.labels)
    yield from article.readings


def _problem_with_talks(article: ParsedArticle) -> str | None:
    for talk in article.talks:
        start, end = talk.start, talk.end
        if (start is None) != (end is None):
            return "A comment has both a start and an end, or neither."
        if start is not None and end is not None and not 0 <= start < end <= len(article.text):
            return f"The comment at {start}-{end} lies outside the text."
    return None
