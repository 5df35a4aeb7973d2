"""The same words, otherwise labelled.

Variation n-grams (Dickinson & Meurers, "Detecting errors in part-of-speech annotation", EACL 2003, and for
spans that may be unlabelled, "Detecting errors in discontinuous structural annotation", ACL 2005): where
words that recur are labelled in more than one way, the rare way is likely an error, the more so the more
one-sided the others are. Words that stand unlabelled count as places, too, so that what is labelled in half
of its places only raises no doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from articles.domain.doubts.findings import (
    FEWEST_PLACES,
    LEAST_SCORE,
    WORDS,
    Finding,
    Mention,
    certainty,
    overlapping,
    quoted,
)
from articles.domain.doubts.word_forms import LONGEST_FORM, FormFinder


class WordEvidence:
    """How the same words are labelled in all finished articles. It is filled in two passes: `learn_gold` for
    all articles, then `learn_text` for all. Then `findings` can be asked for.

    Memory grows with the number of distinct labelled words.
    """

    def __init__(self) -> None:
        self._labelled: Counter[tuple[str, str]] = Counter()
        self._places: Counter[str] = Counter()
        self._usual: dict[str, str] = {}
        self._finder: FormFinder | None = None

    def learn_gold(self, text: str, gold: Sequence[Mention]) -> None:
        """Count how each mention is labelled."""
        for start, end, label in gold:
            if end - start <= LONGEST_FORM:
                self._labelled[text[start:end], label] += 1

    def learn_text(self, text: str, gold: Sequence[Mention]) -> None:
        """Count where words that are labelled elsewhere have no label."""
        finder = self._finder or self._begin_second_pass()
        for start, end in finder.unlabelled(text, gold):
            self._places[text[start:end]] += 1

    def findings(self, text: str, gold: Sequence[Mention]) -> Iterator[Finding]:
        """Words that are labelled differently here from nearly everywhere else, or not at all."""
        for mention in gold:
            usual = self._usual.get(text[mention.start : mention.end], mention.label)
            if usual != mention.label and mention._replace(label=usual) not in gold:
                yield from self._finding(text, mention, mention._replace(label=usual))
        for start, end in self._finder.unlabelled(text, gold) if self._finder else ():
            other = Mention(start, end, self._usual[text[start:end]])
            met = overlapping(gold, start, end)
            yield from self._finding(text, met[0] if met else None, other)

    def _begin_second_pass(self) -> FormFinder:
        """From now on only words that have a usual label matter."""
        best: dict[str, int] = {}
        for (form, label), count in self._labelled.items():
            self._places[form] += count
            if count >= FEWEST_PLACES and count > best.get(form, 0):
                best[form], self._usual[form] = count, label
        self._places = Counter({form: self._places[form] for form in best})
        self._labelled = Counter({(form, self._usual[form]): count for form, count in best.items()})
        self._finder = FormFinder(best)
        return self._finder

    def _finding(self, text: str, stands: Mention | None, other: Mention) -> Iterator[Finding]:
        form = text[other.start : other.end]
        agreeing, places = self._labelled[form, other.label], self._places[form] - 1
        score = certainty(agreeing, places)
        if score >= LEAST_SCORE:
            said = f"{quoted(form, 0, len(form))} is {other.label} in {agreeing:,} of {places:,} other places"
            yield Finding(WORDS, stands, other, score, f"{said}{_here(text, stands, other)}.")


def _here(text: str, stands: Mention | None, other: Mention) -> str:
    if stands is None:
        return ", and has no label here"
    if stands[:2] != other[:2]:
        return f"; here {quoted(text, stands.start, stands.end)} only is labelled"
    return f", and {stands.label} here"
