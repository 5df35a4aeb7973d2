"""What became of each word of a text that was corrected."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import groupby, pairwise

from articles.domain.stories.carrying import MOST_PAIRS, Alignment
from articles.domain.texts.tokens import Bounds

# Two words are the same one, spelt otherwise, from this share of letters in common on (as difflib counts).
ALIKE = 0.5
# What was rewritten at greater length is not looked through for words that are spelt alike.
LONGEST_REWRITTEN = 30  # words
# So few words in the place of as many others stand for them, whatever they say: Tuesday for Monday.
LONGEST_EXCHANGED = 3

# `[first, last)` of words of the new text.
Image = tuple[int, int]


class WordImages:
    """Which words of the new text (the second of the alignment) correspond to which words of the old one.

    First those that are aligned. Between them: single words that are the same, a few words that replace the
    same number of words, and words with similar spelling.
    """

    def __init__(self, alignment: Alignment) -> None:
        self._old, self._new = alignment.first, alignment.second
        self._images: dict[int, int] = {}
        self._said = set[int]()
        for start, other, count in alignment.runs:
            self._same(range(start, start + count), range(other, other + count))
        self._aligned = frozenset(self._said)
        ends = (len(self._old.words), len(self._new.words), 0)
        for (start, other, count), (after, other_after, _) in pairwise([(0, 0, 0), *alignment.runs, ends]):
            self._between(range(start + count, after), range(other + count, other_after))

    def words_in(self, start: int, end: int) -> range:
        """The words of the old text that lie in `[start, end)`, at least in part."""
        first = bisect_right(self._old_ends, start)
        return range(first, max(first, bisect_left(self._old.starts, end)))

    def of(self, words: Iterable[int]) -> list[int]:
        """The words that correspond to those of the old text, as far as there are any."""
        return [self._images[word] for word in words if word in self._images]

    def say_the_same(self, words: Iterable[int]) -> bool:
        """Whether any of those words of the old text is in the new one, perhaps with another spelling."""
        return any(image in self._said for image in self.of(words))

    def elsewhere(self, words: range) -> Image | None:
        """Where the same words are in a row, if there is exactly one such place and it does not belong to
        others."""
        wanted = self._old.words[words.start : words.stop]
        if not wanted:
            return None
        places = [(start, start + len(wanted)) for start in self._strangers[wanted[0]]]
        found = [one for one in places if self._new.words[slice(*one)] == wanted]
        free = [one for one in found if self._aligned.isdisjoint(range(*one))]
        return free[0] if len(free) == 1 else None

    def after(self, word: int) -> int:
        """The end, in the new text, of what came before that word of the old one; as a code point."""
        before = next((self._images[one] for one in range(word - 1, -1, -1) if one in self._images), None)
        return 0 if before is None else self._new.bounds[before][1]

    def bounds(self, first: int, last: int) -> Bounds:
        """`[first, last]` of the new words, as code points."""
        return self._new.bounds[first][0], self._new.bounds[last][1]

    def new_words(self) -> Iterator[Image]:
        """Stretches of words that the old text did not have; punctuation alone does not count."""
        strange = [word for word in range(len(self._new.words)) if self._is_new(word)]
        for _, group in groupby(enumerate(strange), key=lambda pair: pair[1] - pair[0]):
            stretch = [word for _, word in group]
            yield stretch[0], stretch[-1] + 1

    def _is_new(self, word: int) -> bool:
        return word not in self._said and any(map(str.isalnum, self._new.words[word]))

    def _same(self, old: range, new: range) -> None:
        self._images.update(zip(old, new, strict=True))
        self._said.update(new)

    def _between(self, old: range, new: range) -> None:
        ours, theirs = self._old.words[old.start : old.stop], self._new.words[new.start : new.stop]
        counts = Counter(theirs)
        if not old or not new or sum(counts[word] for word in ours) > MOST_PAIRS:
            return
        codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        for kind, start, end, other, until in codes:
            here, there = old[start:end], new[other:until]
            if kind == "equal":
                self._same(here, there)
            elif kind == "replace" and len(here) == len(there) <= LONGEST_EXCHANGED:
                self._images.update(zip(here, there, strict=True))
                self._said.update(two for one, two in zip(here, there, strict=True) if self._alike(one, two))
            elif kind == "replace" and max(len(here), len(there)) <= LONGEST_REWRITTEN:
                self._spelt_otherwise(here, there)

    def _spelt_otherwise(self, old: range, new: range) -> None:
        """In order: each word with the first that is left and is spelt alike."""
        left = new
        for one in old:
            found = next((two for two in left if self._alike(one, two)), None)
            if found is not None:
                self._same(range(one, one + 1), range(found, found + 1))
                left = range(found + 1, new.stop)

    def _alike(self, one: int, two: int) -> bool:
        mine, other = self._old.words[one], self._new.words[two]
        return SequenceMatcher(None, mine.casefold(), other.casefold(), autojunk=False).ratio() >= ALIKE

    @cached_property
    def _old_ends(self) -> Sequence[int]:
        return [end for _, end in self._old.bounds]

    @cached_property
    def _strangers(self) -> defaultdict[str, list[int]]:
        """Words of the new text that the alignment does not know, by what they are."""
        found = defaultdict[str, list[int]](list)
        for place, word in enumerate(self._new.words):
            if place not in self._aligned:
                found[word].append(place)
        return found
