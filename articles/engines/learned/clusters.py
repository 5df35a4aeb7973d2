"""Groups of words that stand in like company, learned from the project's own articles.

Words are described by how often which frequent word stands to their left and to their right (positive
pointwise mutual information), reduced to their principal directions (Bullinaria and Levy, 2012) and grouped
by k-means on the sphere (Dhillon and Modha, 2001). Everything starts from fixed places, so the same texts
give the same groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Clusters = dict[str, tuple[int, ...]]  # of a word in lower case, its groups from coarse to fine

MAX_WORDS = 10_000  # the most frequent; with MAX_COMPANY it bounds memory at 30 MB
MAX_COMPANY = 400
FEWEST = 2  # occurrences of a word that is grouped
DIRECTIONS = 40
ROUNDS = 12
SIZES = (24, 120)  # groups, coarse and fine


def learn_clusters(lines: Sequence[Sequence[str]]) -> Clusters:
    """The group of each frequent word, one number for each of SIZES. `lines` are words in lower case."""
    counts = Counter(chain.from_iterable(lines))
    words = [word for word, count in sorted(counts.items(), key=_by_count)[:MAX_WORDS] if count >= FEWEST]
    if len(words) <= SIZES[0]:
        return {}
    vectors = _vectors(_company(lines, {word: number for number, word in enumerate(words)}))
    groups = [_grouped(vectors, min(size, len(words))) for size in SIZES]
    return {word: tuple(int(group[number]) for group in groups) for number, word in enumerate(words)}


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _company(lines: Iterable[Sequence[str]], numbers: Mapping[str, int]) -> Matrix:
    """How often each word has each frequent word to its left (first half of the columns) and right."""
    rare = MAX_COMPANY - 1  # stands for every other word
    found = np.zeros((len(numbers), 2 * MAX_COMPANY), np.float32)
    for line in lines:
        known = np.array([numbers.get(word, -1) for word in line], np.int64)
        company = np.where((known >= 0) & (known < rare), known, rare)
        for here, there, offset in ((known[1:], company[:-1], 0), (known[:-1], company[1:], MAX_COMPANY)):
            seen = here >= 0
            np.add.at(found, (here[seen], there[seen] + offset), 1)
    return found


def _vectors(company: Matrix) -> Matrix:
    """Unit vectors, one a word."""
    total = max(float(company.sum()), 1.0)
    expected = company.sum(1, keepdims=True) * company.sum(0, keepdims=True) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(company > 0, np.log(company / expected), 0).clip(0).astype(np.float32)
    _, directions = np.linalg.eigh(weights.T @ weights)
    return _unit(weights @ directions[:, -DIRECTIONS:])


def _grouped(vectors: Matrix, size: int) -> NDArray[np.int64]:
    centres = vectors[:size].copy()  # the most frequent words
    for _ in range(ROUNDS):
        nearest = (vectors @ centres.T).argmax(1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        centres = _unit(np.where(np.abs(sums).sum(1, keepdims=True) > 0, sums, centres))
    found: NDArray[np.int64] = (vectors @ centres.T).argmax(1)
    return found


def _unit(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Matrix = vectors / np.maximum(lengths, 1e-9)
    return found
