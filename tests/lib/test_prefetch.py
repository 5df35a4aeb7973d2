from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from annotator.lib.prefetch import working_ahead


@pytest.mark.parametrize("items", [range(1000), [], [None, False, 0]])
def test_the_same_items_in_the_same_order(items: list[int | None]) -> None:
    with working_ahead(items) as ahead:
        assert list(ahead) == list(items)


def test_the_next_one_is_made_when_it_is_begun_and_not_before() -> None:
    made = threading.Semaphore(0)

    def items() -> Iterator[int]:
        for number in range(3):
            made.release()
            yield number

    with working_ahead(items()) as ahead:
        coming = iter(ahead)
        next(coming)
        assert made.acquire(timeout=10)
        assert not made.acquire(timeout=0.05)
        ahead.begin_next()
        ahead.begin_next()
        assert made.acquire(timeout=10)
        assert not made.acquire(timeout=0.05)
        assert list(coming) == [1, 2]


def test_an_error_is_raised_where_the_items_are_taken_after_those_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with working_ahead(items()) as ahead:
        coming = iter(ahead)
        assert next(coming) == 1
        ahead.begin_next()
        with pytest.raises(ValueError, match="broken"):
            next(coming)


def test_whoever_ends_early_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    with working_ahead(iter(int, 1)) as ahead:
        for number in ahead:
            assert number == 0
            ahead.begin_next()
            break
    assert threading.active_count() == before
