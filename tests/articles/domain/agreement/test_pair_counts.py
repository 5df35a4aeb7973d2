from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from articles.domain.agreement.pair_counts import (
    LabelCounts,
    LinkCounts,
    PairCounts,
    Reading,
    TokenCounts,
    Tokens,
    count_pair,
)
from articles.domain.measures.alignment import Kind, match_mentions
from articles.domain.measures.confusion import NOTHING
from articles.domain.measures.f_measure import Mention
from articles.domain.texts.tokens import all_tokens, tokens

TEXT = "Mara Ellingsen of Northline Press said in Bergen that ships sailed."


def mention(words: str, label: str) -> Mention:
    start = TEXT.index(words)
    return start, start + len(words), label, ()


def counted(first: Reading, second: Reading) -> PairCounts:
    found = all_tokens(TEXT)
    return count_pair(Tokens([a for a, _ in found], [b for _, b in found], len(TEXT)), first, second)


MARA, PRESS = mention("Mara Ellingsen", "PERSON"), mention("Northline Press", "ORG")
BERGEN, SHIPS = mention("Bergen", "GPE"), mention("ships", "PRODUCT")
FIRST = Reading(frozenset([MARA, PRESS, BERGEN, SHIPS]))
SECOND = Reading(frozenset([MARA, mention("Northline", "ORG"), mention("Bergen", "LOC")]))


def test_every_difference_is_of_one_kind() -> None:
    matches = match_mentions(FIRST.mentions, SECOND.mentions)
    assert Counter(one.kind for one in matches) == {
        Kind.SAME: 1,
        Kind.BOUNDARY: 1,
        Kind.LABEL: 1,
        Kind.ALONE: 1,
    }


def test_counts_are_those_on_paper() -> None:
    found = counted(FIRST, SECOND)
    assert found.labels["PERSON"] == LabelCounts(1, 1, 1, 1, 14, 14, 14, 2 * 14**2)
    assert found.labels["ORG"] == LabelCounts(1, 1, 0, 1, 15, 9, 9, 15**2 + 9**2, boundary=1)
    assert found.confused == {("GPE", "LOC"): 1, ("PRODUCT", NOTHING): 1}
    # Twelve tokens, the full stop among them.
    assert found.tokens["PERSON"] == TokenCounts(2, 2, 2)
    assert found.tokens["ORG"] == TokenCounts(2, 1, 1)
    assert found.tokens[NOTHING] == TokenCounts(6, 8, 6)


def test_a_token_counts_under_the_shortest_entity_over_it() -> None:
    nested = Reading(frozenset([mention("Northline Press", "ORG"), mention("Northline", "PERSON")]))
    found = counted(nested, Reading())
    assert (found.tokens["PERSON"].first, found.tokens["ORG"].first) == (1, 1)


def test_relations_are_compared_between_entities_that_stand_for_each_other() -> None:
    works_for, lives_in = ("works_for", MARA, PRESS), ("lives_in", MARA, SHIPS)
    first = Reading(FIRST.mentions, frozenset([works_for, lives_in]))
    second = Reading(SECOND.mentions, frozenset([("works_for", MARA, mention("Northline", "ORG"))]))
    found = counted(first, second).links
    assert found["works_for"] == LinkCounts(1, 1, 1, 1, 1)
    assert found["lives_in"] == LinkCounts(1, 0, 0, 0, 0)


def test_counts_of_one_label_leave_the_others_out() -> None:
    found = counted(FIRST, SECOND).only("GPE")
    assert (list(found.labels), found.confused) == (["GPE"], {("GPE", "LOC"): 1})


mentions = st.frozensets(
    st.builds(
        lambda start, length, label: (start, start + length, label, ()),
        st.integers(0, 40),
        st.integers(1, 12),
        st.sampled_from(["PERSON", "GPE", "ORG"]),
    ),
    max_size=8,
)


@given(mentions, mentions)
def test_all_mentions_are_accounted_for_and_survive_json(
    first: frozenset[Mention], second: frozenset[Mention]
) -> None:
    found = counted(Reading(first), Reading(second))
    assert PairCounts.from_json(found.to_json()) == found
    assert sum(one.first for one in found.labels.values()) == len(first)
    for name, one in found.labels.items():
        missed = sum(count for (a, _), count in found.confused.items() if a == name)
        assert one.exact + one.boundary + missed == one.first
        chars = [
            {at for start, end, label, _ in side if label == name for at in range(start, end)}
            for side in (first, second)
        ]
        assert (one.covered_first, one.covered_both) == (len(chars[0]), len(chars[0] & chars[1]))


@given(mentions, mentions)
def test_which_reading_is_the_first_changes_the_sides_only(
    first: frozenset[Mention], second: frozenset[Mention]
) -> None:
    one, other = counted(Reading(first), Reading(second)), counted(Reading(second), Reading(first))
    for name, counts in one.labels.items():
        turned = other.labels[name]
        assert (counts.first, counts.exact, counts.overlapping) == (
            turned.second,
            turned.exact,
            turned.overlapping,
        )
    assert sum(one.confused.values()) == sum(other.confused.values())


@given(st.text(alphabet="ab c.,'’-漢字я1 \n", max_size=60))
def test_all_tokens_of_a_text_are_those_of_tokens(text: str) -> None:
    assert all_tokens(text) == list(tokens(text, 0, len(text)))
