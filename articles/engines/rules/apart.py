"""Rules run apart, in a confined process, so that none can hold the one that asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from annotator.lib.confined.outside import OUT_OF_TIME, Confined, Pool
from articles.engines.lists import Remark
from articles.engines.rules.lines import Rule
from articles.engines.rules.process import (
    COMPILE_SECONDS,
    MAX_HITS,
    MAX_SLOW,
    TEXT_SECONDS,
    Answer,
    share,
)

COMPILING_SECONDS = 3.0  # for all rules together
MAX_BROKEN = 3  # rules that end the process: then the others are not tried
pool = Pool("articles.engines.rules.process")

_NOT_TRIED = "It was not tried: the rules above it used up the time."
_TOO_LONG = "It takes too long to be tried. Make its repetitions smaller, or bind them."
_BREAKS = "It breaks the program that reads it. Write it in another way."


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule found in the text of that number: `[start, end)` in code points."""

    text: int
    start: int
    end: int
    rule: Rule


def find_apart(
    rules: Sequence[Rule], texts: Sequence[str], *, ignore_case: bool, seconds: float | None = None
) -> tuple[list[Match], list[Remark]]:
    """What the rules find, and what is to be said of single ones; a bad or slow one does not stop the others.

    Takes about so many `seconds` of computing (without that, what each text may take), and WAIT times as many
    by the clock. Rules that only the operating system can end may take MAX_BROKEN times as many.
    """
    if seconds is None:
        seconds = COMPILING_SECONDS + sum(TEXT_SECONDS * share(text) for text in texts)
    matches: list[Match] = []
    remarks: list[Remark] = []
    broken, waiting = 0, list(rules)
    while waiting:
        if broken == MAX_BROKEN or seconds <= 0:
            remarks += [Remark(rule.line, _NOT_TRIED) for rule in waiting]
            break
        answers = _answers(waiting, texts, ignore_case, seconds)
        waiting = waiting[len(answers) :]
        for rule, answer in answers:
            matches += [Match(text, start, end, rule) for text, start, end in answer.get("hits", ())]
            remarks += _remarks(rule, answer)
        broken += 1
        seconds -= sum(answer["used"] for _, answer in answers)
    return matches, remarks


def _answers(
    rules: Sequence[Rule], texts: Sequence[str], ignore_case: bool, seconds: float
) -> list[tuple[Rule, Answer]]:
    """An answer for each rule, up to the one at which the process ended."""
    patterns = [rule.pattern for rule in rules]
    request = {"patterns": patterns, "ignore_case": ignore_case, "texts": texts, "seconds": seconds}
    answers: list[Answer] = []
    process = pool.take()
    try:
        process.send(orjson.dumps(request))
        answers += (orjson.loads(process.receive()) for _ in rules)
    except (OSError, EOFError):
        reason = _TOO_LONG if process.end() in OUT_OF_TIME else _BREAKS
        answers.append({"problem": reason, "used": COMPILE_SECONDS})
    else:
        _put_away(process, is_last=answers[-1]["is_last"])
    return list(zip(rules, answers, strict=False))


def _put_away(process: Confined, *, is_last: bool) -> None:
    if is_last:
        process.end()
    else:
        pool.put_back(process)


def _remarks(rule: Rule, answer: Answer) -> Iterator[Remark]:
    if "problem" in answer:
        yield Remark(rule.line, answer["problem"])
        return
    if len(answer["slow"]) == MAX_SLOW:
        yield Remark(rule.line, "It is too slow, and was stopped.", fatal=False)
    elif answer["slow"]:
        yield Remark(rule.line, f"It is too slow in {_count(len(answer['slow']))}.", fatal=False)
    if answer["unread"]:
        some = _count(len(answer["unread"]))
        yield Remark(rule.line, f"Other rules left it no time in {some}.", fatal=False)
    if answer["many"]:
        yield Remark(rule.line, f"It finds more than {MAX_HITS:,} things in one article.", fatal=False)


def _count(articles: int) -> str:
    return f"{articles} article" + ("s" if articles != 1 else "")
