from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from annotator.lib.prefetch import prefetched


def test_the_same_items_in_the_same_order() -> None:
    assert list(prefetched(range(1000))) == list(range(1000))
    assert list(prefetched([])) == []
    assert list(prefetched([None, False, 0])) == [None, False, 0]


def test_the_next_one_is_made_while_the_caller_works() -> None:
    made = threading.Semaphore(0)

    def items() -> Iterator[int]:
        for number in range(3):
            made.release()
            yield number

    coming = prefetched(items())
    next(coming)
    assert all(made.acquire(timeout=10) for _ in range(2))
    coming.close()


def test_an_error_is_raised_where_the_items_are_taken_after_those_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    coming = prefetched(items())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="broken"):
        next(coming)


def test_whoever_ends_early_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    for number in prefetched(iter(int, 1)):
        assert number == 0
        break
    assert threading.active_count() == before


def test_two_at_once_leave_the_interpreter_as_it_was() -> None:
    usual = sys.getswitchinterval()
    one, other = prefetched(range(3)), prefetched(range(3))
    next(one), next(other)
    assert sys.getswitchinterval() < usual
    one.close()
    assert sys.getswitchinterval() < usual
    other.close()
    assert sys.getswitchinterval() == pytest.approx(usual)
