"""Articles of a file, put into the names of the project's label schema and checked against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.schemas.definition import Definition, DefinitionError, is_name, parse_definition
from articles.domain.layers.check import problems_with_layer
from articles.domain.layers.unknown_names import AUTHORS, UnknownNames
from articles.formats.base import Found, ParsedArticle, Problem, Reading
from articles.formats.common.mapping import LEAVE_OUT, NameMap
from articles.models import Import
from articles.services.intake.authors import KnownAuthors

FURTHER = "further layers of one author"


class Checker:
    """Puts articles into the schema's names, and finds what does not fit.

    `layer` is the author whose layer the articles' own spans go to. `added` are names that the schema lacks
    and is to get, `definition` is the schema with them. `unknown` counts all names that the schema lacks,
    whatever is done about them.
    """

    def __init__(
        self, definition: Definition, names: NameMap, policy: str, *, layer: str, authors: KnownAuthors
    ) -> None:
        self.definition = self._published = definition
        self.added = UnknownNames()
        self.unknown = UnknownNames()
        self._names = names
        self._policy = policy
        self._layer = layer
        self._authors = authors

    def checked(self, found: Iterable[Found]) -> Iterator[Found]:
        """Each article as it would be imported, or why it cannot be."""
        for one in found:
            yield one if isinstance(one, Problem) else self._article(self._names.applied(one))

    def _article(self, article: ParsedArticle) -> Found:
        problem = self._problem(article, self.definition)
        if problem or self.added:
            unknown = self._unknown_in(article)
            self.unknown.add(unknown)
            if problem and unknown:
                return self._with_names_settled(article, unknown)
        return _refused(article, problem) if problem else self._one_layer_an_author(article)

    def _with_names_settled(self, article: ParsedArticle, unknown: UnknownNames) -> Found:
        """The article, checked against the schema with the names that are to be added, and without the names
        that are to be left out. An article that still cannot be imported adds no names."""
        wanted = unknown.only(self._is_to_be_added)
        definition = wanted.added_to(self.definition)
        if self._policy == Import.Unknown.LEAVE_OUT:
            rest = unknown.only(lambda kind, name: not self._is_to_be_added(kind, name)).as_dict()
            nothing = {kind: dict.fromkeys(names, LEAVE_OUT) for kind, names in rest.items()}
            article = NameMap(**nothing).applied(article)
        if problem := self._problem(article, definition) or _problem_with_schema(definition, wanted):
            return _refused(article, problem)
        self.added.add(wanted)
        self.definition = definition
        return self._one_layer_an_author(article)

    def _problem(self, article: ParsedArticle, definition: Definition) -> str | None:
        length = len(article.text)
        for reading in _readings(article):
            problems = problems_with_layer(
                reading.spans, reading.relations, reading.labels, length=length, definition=definition
            )
            if problems:
                return problems[0]
        further = (self._authors.problem_with(one.author) for one in article.readings)
        return next(filter(None, further), None) or _problem_with_talks(article)

    def _unknown_in(self, article: ParsedArticle) -> UnknownNames:
        names = UnknownNames()
        for reading in _readings(article):
            names.count(reading.spans, reading.relations, reading.labels, self._published)
        authors = (one.author for one in article.readings)
        names.authors.update(author for author in authors if self._authors.problem_with(author))
        return names

    def _is_to_be_added(self, kind: str, name: str) -> bool:
        """Whether the schema is to get this name. Names of people and engines are no part of it."""
        if kind == AUTHORS or not is_name(name):
            return False
        return self._policy == Import.Unknown.ADD or self._names.keeps(kind, name)

    def _one_layer_an_author(self, article: ParsedArticle) -> ParsedArticle:
        """At most one layer of each author. The article's own spans, which go to the chosen layer, count
        before a further layer that the file names for the same author."""
        if not article.readings:
            return article
        layers: dict[str, Reading | None] = {self._layer: None} if article.has_reading else {}
        for one in article.readings:
            layers.setdefault(one.author, one)
        kept = tuple(one for one in layers.values() if one)
        gone = len(article.readings) - len(kept)
        dropped = {**article.dropped, **({FURTHER: gone} if gone else {})}
        return replace(article, readings=kept, dropped=dropped)


def _refused(article: ParsedArticle, reason: str) -> Problem:
    return Problem(article.file, article.line, reason)


def _readings(article: ParsedArticle) -> Iterator[Reading]:
    yield Reading("", article.spans, article.relations, article.labels)
    yield from article.readings


def _problem_with_schema(definition: Definition, added: UnknownNames) -> str | None:
    """Why the schema cannot take these names, or None."""
    if not added:
        return None
    try:
        parse_definition(definition.to_dict())
    except DefinitionError as error:
        return f"Its names cannot be added to the schema: {error.problems[0]}"
    return None


def _problem_with_talks(article: ParsedArticle) -> str | None:
    for talk in article.talks:
        start, end = talk.start, talk.end
        if (start is None) != (end is None):
            return "A comment has both a start and an end, or neither."
        if start is not None and end is not None and not 0 <= start < end <= len(article.text):
            return f"The comment at {start}-{end} lies outside the text."
    return None
