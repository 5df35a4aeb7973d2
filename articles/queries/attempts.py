"""The explained answers of an attempt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape

from annotator.users.models import Project
from articles.domain.agreement import Mention
from articles.domain.grading import Answer, Difference, differences
from articles.domain.marking import ComparedPiece, compared, without_cut_words
from articles.models import Attempt, KnownReading, Layer
from articles.queries.exercises import answer_of, given_answer, gold_answer
from articles.queries.guidelines import label_guides
from articles.queries.mistakes import CONTEXT, LONGEST_QUOTE


@dataclass(frozen=True)
class DifferenceRow:
    """A place where the answer is not gold, with the words around it and what is said of its labels, as safe
    HTML. `place` is what the editor's address asks for."""

    fault: str
    place: str
    pieces: Sequence[ComparedPiece]
    advice: Mapping[str, str]


@dataclass(frozen=True)
class AttemptResult:
    """`right` is the number of entities that are as in gold; `labels` what the article should have been
    called and was not, and what it was called and should not."""

    right: int
    rows: Sequence[DifferenceRow]
    labels_missed: Sequence[str]
    labels_extra: Sequence[str]


def attempt_result(attempt: Attempt) -> AttemptResult:
    """Of an attempt that was handed in, with its exercise and copy loaded, against gold as it is now."""
    project = attempt.exercise.article.project
    return explained(gold_answer(attempt.exercise), given_answer(attempt), attempt.copy.text, project)


def reading_result(reading: KnownReading) -> AttemptResult:
    """The same of a known article that was handed in, with its original and copy loaded."""
    gold = answer_of(Layer.objects.gold().filter(article=reading.known.article_id).first())
    mine = Layer.objects.by_people().filter(article=reading.copy_id, user=reading.user_id).first()
    return explained(gold, answer_of(mine), reading.copy.text, reading.copy.project)


def explained(gold: Answer, given: Answer, text: str, project: Project) -> AttemptResult:
    """Each difference, with what the project's guidelines say of the labels."""
    guides = label_guides(project)
    said = {one.label.name: one.rule or escape(one.label.description) for one in guides}
    advice = {name: words for name, words in said.items() if words}
    return AttemptResult(
        len(gold.mentions & given.mentions),
        [_row(one, text, advice) for one in differences(gold.mentions, given.mentions)],
        sorted(gold.labels - given.labels),
        sorted(given.labels - gold.labels),
    )


def _row(one: Difference, text: str, advice: Mapping[str, str]) -> DifferenceRow:
    start, end = one.bounds
    begin = max(start - CONTEXT, 0)
    quote = text[begin : min(end + CONTEXT, begin + LONGEST_QUOTE)]
    pieces = without_cut_words(
        compared(quote, _within(one.gold, begin), _within(one.answer, begin)),
        is_begun=begin == 0,
        is_ended=begin + len(quote) == len(text),
    )
    names = dict.fromkeys(side[2] for side in (one.gold, one.answer) if side)
    return DifferenceRow(
        one.fault, f"{start}-{end}", pieces, {name: advice[name] for name in names if name in advice}
    )


def _within(mention: Mention | None, begin: int) -> tuple[int, int, str] | None:
    return (mention[0] - begin, mention[1] - begin, mention[2]) if mention else None
