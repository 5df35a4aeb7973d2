"""Forms that are labelled in more than one way, or here and not there: where a team has no rule yet, or not
all keep to it.

Such forms are the variation nuclei of Dickinson & Meurers ("Detecting errors in part-of-speech annotation",
EACL 2003). They are ranked by what the rarer readings of a form would surprise, in bits (Shannon, "A
mathematical theory of communication", 1948): one exception among a hundred weighs 6.6, one among three 1.6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log2

from articles.domain.doubts.findings import FEWEST_PLACES, Mention
from articles.domain.doubts.word_forms import LONGEST_FORM, FormFinder

# A form that was labelled only once is not looked for elsewhere: it may well be the slip of a hand.
FEWEST_LABELLED = 2


@dataclass(frozen=True)
class Variation:
    """Words and how they are labelled: how often with each label, the most frequent first, and how often with
    none."""

    form: str
    labels: tuple[tuple[str, int], ...]
    unlabelled: int

    @property
    def places(self) -> int:
        return self.unlabelled + sum(count for _, count in self.labels)

    @property
    def score(self) -> float:
        """In bits: how often each reading but the commonest occurs, times how surprising it is."""
        counts = sorted([self.unlabelled, *(count for _, count in self.labels)])[:-1]
        return sum(-count * log2(count / self.places) for count in counts if count)


class Consistency:
    """How the same words are labelled in many texts. It is filled in two passes: `learn_labels` for all
    texts, then `learn_text` for all. Then `variations` gives the result. Memory grows with the number of
    distinct labelled words."""

    def __init__(self) -> None:
        self._labels: dict[str, Counter[str]] = {}
        self._unlabelled: Counter[str] = Counter()
        self._finder: FormFinder | None = None

    def learn_labels(self, text: str, mentions: Sequence[Mention]) -> None:
        for start, end, label in mentions:
            if end - start <= LONGEST_FORM:
                self._labels.setdefault(text[start:end], Counter())[label] += 1

    def learn_text(self, text: str, mentions: Sequence[Mention]) -> None:
        """Count where the forms stand without a label."""
        if self._finder is None:
            often = (form for form, labels in self._labels.items() if labels.total() >= FEWEST_LABELLED)
            self._finder = FormFinder(often)
        for start, end in self._finder.unlabelled(text, mentions):
            self._unlabelled[text[start:end]] += 1

    def variations(self, most: int) -> list[Variation]:
        """Those with the highest scores, the highest first."""
        found = (
            Variation(form, tuple(labels.most_common()), self._unlabelled[form])
            for form, labels in self._labels.items()
        )
        varied = (one for one in found if one.score > 0 and one.places >= FEWEST_PLACES)
        return nlargest(most, varied, key=lambda one: (one.score, one.form))
