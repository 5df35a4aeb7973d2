"""The process in which regular expressions of strangers run: `python -m` this module.

A request is JSON: `patterns`, `ignore_case`, `texts`, and `seconds` of computing for all of it. There is one
answer a pattern, in their order (`Answer`). The library checks its time itself, so that a slow pattern is
told from a good one and the others go on. Where it does not, as while it compiles, or takes all memory, the
timers and limits of the operating system end the process; the answer that is missing says which one it was.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import orjson
import regex

from annotator.lib.confined.inside import (
    allow,
    confine,
    most_memory,
    pipes,
    requests_of,
    send,
)

COMPILE_SECONDS = 0.5
PATTERN_SECONDS = 0.1  # of computing, for one pattern in one text of usual length
TEXT_SECONDS = 1.0  # for all patterns in such a text
USUAL_LENGTH = 50_000  # characters; a longer text has more time
MAX_SLOW = 3  # texts in which a pattern took too long: then it is left alone
MAX_HITS = 1_000  # of one pattern in one text
MAX_MEMORY = 400 * 2**20  # bytes of address space, of which Python takes 50 MB
WAIT = 4  # times as long by the clock, on a machine that is busy with other things
ENTITY = "entity"
_GROWN = 100 * 2**20

# `hits` as (text, start, end), and the numbers of texts: `slow`, where it took too long; `many`, where it
# finds too much; `unread`, where others had used up the time. Or `problem`: why it cannot be used at all.
# And `used`, seconds of computing, and `is_last`, whether the process ends after this request.
Answer = dict[str, Any]


def main() -> None:
    requests, answers = pipes()
    confine(MAX_MEMORY)
    grown = most_memory() + _GROWN
    is_last = False
    for (request,) in requests_of(requests, parts=1):
        work = Work(**orjson.loads(request))
        began = time.process_time()
        for answer in work.answers():
            is_last = is_last or most_memory() > grown
            ended = time.process_time()
            send(answers, orjson.dumps({**answer, "used": ended - began, "is_last": is_last}))
            began = ended
        if is_last:
            return


class Work:
    """One request, and the time that is left for it."""

    def __init__(self, patterns: list[str], ignore_case: bool, texts: list[str], seconds: float) -> None:
        self.patterns = patterns
        self.flags = regex.MULTILINE | (regex.IGNORECASE if ignore_case else 0)
        self.texts = texts
        self.left = [TEXT_SECONDS * share(text) for text in texts]
        self.until = time.process_time() + seconds
        self.until_by_the_clock = time.monotonic() + seconds * WAIT

    def answers(self) -> Iterator[Answer]:
        for pattern in self.patterns:
            if self._seconds_left() <= 0:
                yield {"problem": "It was not tried: the rules above it used up the time."}
                continue
            try:
                _allow(COMPILE_SECONDS)
                compiled = _compiled(pattern, self.flags)
                _allow(COMPILE_SECONDS + max(self._seconds_left(), 0))
                yield self._found(compiled)
            except MemoryError:
                yield {"problem": "It takes too much memory. Make its repetitions smaller."}
            except RecursionError:
                yield {"problem": "It is nested too deeply."}
            except Exception as error:  # a library that reads the patterns of strangers raises many kinds
                yield {"problem": f"This is not a regular expression: {error}."}

    def _seconds_left(self) -> float:
        return min(self.until - time.process_time(), self.until_by_the_clock - time.monotonic())

    def _found(self, compiled: regex.Pattern[str]) -> Answer:
        answer: Answer = {"hits": [], "slow": [], "many": [], "unread": []}
        for number, text in enumerate(self.texts):
            began = time.process_time()
            seconds = min(PATTERN_SECONDS * share(text), self.left[number], self._seconds_left())
            if len(answer["slow"]) == MAX_SLOW:
                break
            if seconds <= 0:
                answer["unread"].append(number)
                continue
            try:
                found = spans(compiled, text, seconds)
            except TimeoutError:
                found = []
                answer["slow"].append(number)
            if len(found) > MAX_HITS:
                answer["many"].append(number)
            answer["hits"] += [(number, start, end) for start, end in found[:MAX_HITS]]
            self.left[number] -= time.process_time() - began
        return answer


def share(text: str) -> float:
    """How many times as much time as a usual text this one has."""
    return max(1.0, len(text) / USUAL_LENGTH)


def spans(compiled: regex.Pattern[str], text: str, seconds: float) -> list[tuple[int, int]]:
    """What the pattern finds: its group `entity`, each time that one took part, or else the whole of it.

    Raises TimeoutError. Stops when there is more than MAX_HITS.
    """
    found: dict[tuple[int, int], None] = {}
    group = ENTITY if ENTITY in compiled.groupindex else 0
    for match in compiled.finditer(text, timeout=seconds):
        found.update((span, None) for span in match.spans(group) if span[0] < span[1])
        if len(found) > MAX_HITS:
            break
    return list(found)


@lru_cache(maxsize=2_000)
def _compiled(pattern: str, flags: int) -> regex.Pattern[str]:
    return regex.compile(pattern, flags, cache_pattern=False)


def _allow(seconds: float) -> None:
    allow(seconds * WAIT, seconds)


if __name__ == "__main__":
    main()
