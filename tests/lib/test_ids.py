from __future__ import annotations

import time
from itertools import pairwise
from uuid import NAMESPACE_URL, RFC_4122, UUID, uuid5

from annotator.lib.ids import named_uuid, ordered_uuids


def test_they_are_uuids_of_version_7_with_the_time_in_them() -> None:
    before = time.time_ns() // 1_000_000
    (one,) = ordered_uuids(1)
    after = time.time_ns() // 1_000_000
    identity = UUID(one)
    assert str(identity) == one
    assert (identity.version, identity.variant) == (7, RFC_4122)
    assert before <= identity.int >> 80 <= after


def test_each_is_greater_than_the_one_before() -> None:
    ids = ordered_uuids(100_000)
    assert len(ids) == 100_000
    assert all(one < other for one, other in pairwise(ids))
    assert all(UUID(one).version == 7 for one in ids[::10_000])


def test_they_are_unique_over_many_calls() -> None:
    ids = [one for _ in range(2_000) for one in ordered_uuids(50)]
    assert len(set(ids)) == len(ids)


def test_none_are_none() -> None:
    assert ordered_uuids(0) == []


def test_a_named_one_is_that_of_version_5() -> None:
    for name in ("", "é", *map(str, range(100))):
        assert named_uuid(NAMESPACE_URL.bytes, name) == str(uuid5(NAMESPACE_URL, name))
