"""Tags into spans and back, held against a reading of tags written here after seqeval's description."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.common.tag_schemes import (
    SCHEMES,
    BadTag,
    SchemeEvidence,
    mentions_of,
    parse_tag,
    tags_of,
    touching,
)


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans of well-formed tags: a span is a run of one label, cut where a letter says begin or end."""
    found: list[tuple[int, int, str]] = []
    start: int | None = None
    padded = [*tags, "O"]
    for place, tag in enumerate(padded):
        letter, _, label = tag.partition("-")
        before = padded[place - 1] if place else "O"
        letter_before, _, label_before = before.partition("-")
        breaks = letter in "OBSUW" or letter_before in ("E", "L", "S", "U", "W") or label != label_before
        if start is not None and breaks:
            found.append((start, place, label_before))
            start = None
        if start is None and tag != "O":
            start = place
    return found


def parsed(tags: str) -> list[tuple[str, str]]:
    return [parse_tag(word) for word in tags.split()]


def recognised(*sentences: str) -> str:
    evidence = SchemeEvidence()
    for one in sentences:
        evidence.add(parsed(one))
    return evidence.scheme()


@pytest.mark.parametrize(
    ("sentences", "scheme"),
    [
        (["B-A I-A O B-A", "O"], "iob2"),
        (["I-A I-A O I-A B-A O"], "iob1"),
        (["I-A I-A O I-B I-B"], "io"),
        (["S-A O B-A I-A E-A"], "iobes"),
        (["U-A O B-A I-A L-A"], "bilou"),
        (["S-A O B-A M-A E-A"], "bmes"),
        (["W-A O B-A M-A E-A"], "bmewo"),
        (["O O", "O"], "iob2"),
        (["B-A I-A"] * 9 + ["O I-A O"], "iob2"),
        (["I-A O I-A"] * 9 + ["B-A O"], "io"),
    ],
)
def test_the_scheme_is_recognised_from_all_sentences(sentences: list[str], scheme: str) -> None:
    assert recognised(*sentences) == scheme


@pytest.mark.parametrize(
    ("tags", "mentions"),
    [
        ("O I-A I-A O", [(1, 3, "A")]),
        ("I-A I-B", [(0, 1, "A"), (1, 2, "B")]),
        ("B-A I-B I-B", [(0, 1, "A"), (1, 3, "B")]),
        ("E-A E-A", [(0, 1, "A"), (1, 2, "A")]),
        ("B-A E-A I-A", [(0, 2, "A"), (2, 3, "A")]),
        ("S-A I-A", [(0, 1, "A"), (1, 2, "A")]),
        ("I-A B-A", [(0, 1, "A"), (1, 2, "A")]),
        ("O E-A O", [(1, 2, "A")]),
    ],
)
def test_ill_formed_tags_are_read_as_conlleval_reads_them(
    tags: str, mentions: list[tuple[int, int, str]]
) -> None:
    assert mentions_of(parsed(tags)) == mentions


@pytest.mark.parametrize("word", ["", "X", "B", "B-", "o", "N-PER", "b-PER", "B-" + "x" * 65])
def test_what_is_no_tag_is_refused(word: str) -> None:
    with pytest.raises(BadTag):
        parse_tag(word)


def test_labels_without_letters_are_tags_when_asked_for() -> None:
    assert parse_tag("person-actor", "labels") == ("", "person-actor")
    assert tags_of([(0, 2, "art")], 3, "labels") == ["art", "art", "O"]


def test_a_label_may_hold_a_hyphen() -> None:
    assert parse_tag("B-creative-work") == ("B", "creative-work")


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[list[tuple[int, int, str]], int]:
    """Spans that do not overlap, and the number of tokens."""
    place, mentions = 0, []
    for gap, size, label in draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from("AB")), max_size=6)
    ):
        mentions.append((place + gap, place + gap + size, label))
        place += gap + size
    return mentions, place + draw(st.integers(0, 2))


@given(laid_out(), st.sampled_from(sorted(SCHEMES)))
def test_what_is_written_is_read_back(made: tuple[list[tuple[int, int, str]], int], scheme: str) -> None:
    mentions, length = made
    tags = tags_of(mentions, length, scheme)
    back = mentions_of([parse_tag(tag, scheme) for tag in tags])
    if scheme in ("io", "labels"):
        assert len(back) == len(mentions) - touching(mentions)
    else:
        assert back == mentions
        assert spans_of(tags) == mentions


@given(st.lists(st.sampled_from([f"{letter}-{label}" for letter in "BIESLUMW" for label in "AB"] + ["O"])))
def test_any_tags_mean_spans_over_exactly_the_tokens_that_have_one(tags: list[str]) -> None:
    mentions = mentions_of([parse_tag(tag) for tag in tags])
    tokens = [place for start, end, _ in mentions for place in range(start, end)]
    assert tokens == [place for place, tag in enumerate(tags) if tag != "O"]
    assert all(tags[place].endswith(label) for start, end, label in mentions for place in range(start, end))
