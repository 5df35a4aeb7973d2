from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.assignments.dealing import ArticleRoom, deal

PEOPLE = st.dictionaries(st.integers(1, 8), st.integers(0, 5), min_size=1)
PLACES = st.lists(
    st.builds(ArticleRoom, st.integers(), st.integers(0, 5), st.frozensets(st.integers(1, 8))),
    unique_by=lambda one: one.article,
    max_size=30,
)


def free(count: int, room: int = 1) -> list[ArticleRoom]:
    return [ArticleRoom(number, room) for number in range(count)]


def shares(pairs: list[tuple[int, int]]) -> dict[int, int]:
    return dict(Counter(person for _, person in pairs))


def test_even_weights_are_dealt_in_turn() -> None:
    assert deal(free(5), {7: 1, 8: 1}, 1) == [(0, 7), (1, 8), (2, 7), (3, 8), (4, 7)]


def test_weights_are_kept_as_well_as_whole_articles_can() -> None:
    assert shares(deal(free(60), {1: 1, 2: 2, 3: 3}, 1)) == {1: 10, 2: 20, 3: 30}
    assert shares(deal(free(10), {1: 1, 2: 0, 3: 2}, 1)) == {1: 3, 3: 7}


def test_who_cannot_have_an_article_gets_another_for_it() -> None:
    rooms = [ArticleRoom(0, 1, frozenset({1})), *free(4)[1:]]
    assert deal(rooms, {1: 1, 2: 1}, 1) == [(0, 2), (1, 1), (2, 1), (3, 2)]


@given(PLACES, PEOPLE, st.integers(1, 5))
def test_nobody_gets_an_article_twice_nor_more_than_it_has_room_for(
    rooms: list[ArticleRoom], weights: dict[int, int], each: int
) -> None:
    pairs = deal(rooms, weights, each)
    assert len(set(pairs)) == len(pairs)
    assert pairs == deal(rooms, weights, each)
    people = {person for person, weight in weights.items() if weight}
    for one in rooms:
        got = {person for article, person in pairs if article == one.article}
        able = people - one.taken_by
        assert got <= able
        assert len(got) == min(each, one.room, len(able))
