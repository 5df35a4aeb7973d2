"""The explained answers of an attempt at an exercise, and of a known article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape

from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.domain.gold.disagreements import Kind, disagreements
from articles.domain.gold.told import told
from articles.domain.grading import Difference, differences
from articles.domain.measures.f_measure import Mention
from articles.domain.texts.marking import ComparedPiece, compared_in
from articles.models import Article, Attempt, KnownReading, Layer
from articles.queries.answers import answer_of, given_layer, gold_layer
from articles.queries.evaluations.mistakes import CONTEXT, LONGEST_QUOTE
from articles.queries.gold.adjudication import readings_of
from articles.queries.gold.feedback import in_words
from articles.queries.guidelines import label_guides


@dataclass(frozen=True)
class DifferenceRow:
    """A place where the answer is not gold, with the words around it and what is said of its labels, as safe
    HTML. `place` is what the editor's address asks for; one of `gold` and `given` may be missing."""

    fault: str
    place: str
    pieces: Sequence[ComparedPiece]
    advice: Mapping[str, str]
    gold: Mention | None
    given: Mention | None


@dataclass(frozen=True)
class LinkRow:
    """A relation, chain or attribute that the answer has otherwise than gold, in words. `name` is its type;
    `place` is what the editor's address asks for."""

    kind: str
    name: str
    place: str
    given: str
    gold: str


@dataclass(frozen=True)
class AttemptResult:
    """`right` is the number of entities that are as in gold; `labels` what the article should have been
    called and was not, and what it was called and should not."""

    right: int
    rows: Sequence[DifferenceRow]
    links: Sequence[LinkRow]
    labels_missed: Sequence[str]
    labels_extra: Sequence[str]


def attempt_result(attempt: Attempt) -> AttemptResult:
    """Of an attempt that was handed in, with its exercise and copy loaded, against gold as it is now."""
    project = attempt.exercise.article.project
    return _result(attempt.exercise.article_id, attempt.copy, attempt.user_id, project)


def reading_result(reading: KnownReading) -> AttemptResult:
    """The same of a known article that was handed in, with its original and copy loaded."""
    return _result(reading.known.article_id, reading.copy, reading.user_id, reading.copy.project)


def _result(original: int, copy: Article, user: int, project: Project) -> AttemptResult:
    ours, theirs = gold_layer(original), given_layer(copy.pk, user)
    gold, given = answer_of(ours), answer_of(theirs)
    guides = label_guides(project)
    said = {one.label.name: one.rule or escape(one.label.description) for one in guides}
    advice = {name: words for name, words in said.items() if words}
    return AttemptResult(
        len(gold.mentions & given.mentions),
        [_row(one, copy.text, advice) for one in differences(gold.mentions, given.mentions)],
        _links(theirs, ours, copy.text, project) if ours and theirs else [],
        sorted(gold.labels - given.labels),
        sorted(given.labels - gold.labels),
    )


def _links(given: Layer, gold: Layer, text: str, project: Project) -> list[LinkRow]:
    found = disagreements(readings_of([given, gold]), published_definition(project.pk))
    rows = []
    for item in found.items:
        if item.kind in (Kind.ATTRIBUTE, Kind.RELATION, Kind.CHAIN):
            words = [in_words(told(one, found.entities), item.kind, text) for one in item.said]
            rows.append(LinkRow(item.kind.value, item.name, f"{item.start}-{item.end}", *words))
    return rows


def _row(one: Difference, text: str, advice: Mapping[str, str]) -> DifferenceRow:
    start, end = one.bounds
    sides = (_bare(one.gold), _bare(one.answer))
    pieces = compared_in(text, *sides, context=CONTEXT, longest=LONGEST_QUOTE)
    names = dict.fromkeys(side[2] for side in (one.gold, one.answer) if side)
    told = {name: advice[name] for name in names if name in advice}
    return DifferenceRow(one.fault, f"{start}-{end}", pieces, told, one.gold, one.answer)


def _bare(mention: Mention | None) -> tuple[int, int, str] | None:
    return mention[:3] if mention else None
