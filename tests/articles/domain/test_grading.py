from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.agreement import Mention
from articles.domain.grading import Answer, Fault, differences, grade

BERGEN: Mention = (0, 6, "GPE", ())
MARA: Mention = (25, 39, "PERSON", ())

MENTIONS = st.frozensets(
    st.tuples(st.integers(0, 9), st.integers(10, 20), st.sampled_from("AB"), st.just(())), max_size=6
)


def test_a_score_counts_bounds_labels_and_article_labels() -> None:
    gold = Answer(frozenset({BERGEN, MARA}), frozenset({"shipping"}))
    found = grade(gold, Answer(frozenset({(30, 39, "PERSON", ()), BERGEN}), frozenset()))
    assert (found.exact, found.overlap, found.labels) == (0.5, 1.0, 0.0)


def test_every_fault_has_its_name() -> None:
    given_ = {(0, 6, "ORG", ()), (30, 39, "PERSON", ()), (50, 55, "ORG", ())}
    found = differences({BERGEN, MARA, (60, 66, "GPE", ())}, given_)
    assert [one.fault for one in found] == [Fault.LABEL, Fault.BOUNDARY, Fault.EXTRA, Fault.MISSED]
    assert found[1].bounds == (25, 39)


@given(MENTIONS, MENTIONS)
def test_exact_is_never_above_overlap_and_only_the_same_is_right(
    gold: frozenset[Mention], answer: frozenset[Mention]
) -> None:
    found = grade(Answer(gold), Answer(answer))
    assert 0 <= found.exact <= found.overlap <= 1
    assert (found.exact == 1) == (gold == answer) == (not differences(gold, answer))
