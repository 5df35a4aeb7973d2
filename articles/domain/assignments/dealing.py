"""Dealing articles out to people, evenly or by weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest


@dataclass(frozen=True, slots=True)
class ArticleRoom:
    """An article with the number of annotators it has room for, and the people who must not get it
    (again)."""

    article: int
    room: int
    taken_by: frozenset[int] = frozenset()


def deal(rooms: Iterable[ArticleRoom], weights: Mapping[int, int], each: int) -> list[tuple[int, int]]:
    """Pairs of article and person: for each article in turn `each` people, or as many as there is room for.

    Who has least for their weight comes next, counted as Webster's method counts seats (Balinski & Young,
    Fair Representation, 1982), so that shares stay as near to the weights as whole articles can. Who stands
    first in `weights` comes first among equals: the same input gives the same deal.
    """
    people = {person: weight for person, weight in weights.items() if weight > 0}
    given = dict.fromkeys(people, 0)
    pairs = []

    def turn(person: int) -> float:
        return (given[person] + 0.5) / people[person]

    for one in rooms:
        able = [person for person in people if person not in one.taken_by]
        for person in nsmallest(min(each, one.room), able, key=turn):
            given[person] += 1
            pairs.append((one.article, person))
    return pairs
