from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.doubts.edges import EdgeEvidence
from articles.domain.doubts.engines import Claim, engine_findings
from articles.domain.doubts.findings import Finding, Mention, certainty, one_a_place
from articles.domain.doubts.word_forms import cuts_a_word
from articles.domain.doubts.words import WordEvidence

Article = tuple[str, list[Mention]]
SAYS = "Northline Press said so."


def article(text: str, *marked: tuple[str, str]) -> Article:
    """A text, and each of the words in it with its label."""
    places = [(text.index(words), words, label) for words, label in marked]
    return text, [Mention(at, at + len(words), label) for at, words, label in places]


def word_findings(articles: list[Article]) -> list[Finding]:
    evidence = WordEvidence()
    for text, gold in articles:
        evidence.learn_gold(text, gold)
    for text, gold in articles:
        evidence.learn_text(text, gold)
    return [one for text, gold in articles for one in evidence.findings(text, gold)]


def edge_findings(articles: list[Article]) -> list[Finding]:
    evidence = EdgeEvidence()
    for text, gold in articles:
        evidence.learn(text, gold)
    return [one for text, gold in articles for one in evidence.findings(text, gold)]


def test_words_that_are_labelled_otherwise_nearly_everywhere_else() -> None:
    usual = [article(SAYS, ("Northline Press", "ORG"))] * 14
    odd = article(SAYS, ("Northline Press", "PERSON"))
    (found,) = word_findings([*usual, odd, article("Mara spoke.", ("Mara", "PERSON"))])
    assert (found.stands, found.other) == (Mention(0, 15, "PERSON"), Mention(0, 15, "ORG"))
    assert found.reason == "“Northline Press” is ORG in 14 of 14 other places, and PERSON here."


def test_words_without_a_label_here() -> None:
    (found,) = word_findings([*[article(SAYS, ("Northline Press", "ORG"))] * 6, article(SAYS)])
    assert (found.stands, found.other) == (None, Mention(0, 15, "ORG"))
    assert found.reason == "“Northline Press” is ORG in 6 of 6 other places, and has no label here."


def test_a_part_is_labelled_of_what_is_one_name_elsewhere() -> None:
    usual = [article(SAYS, ("Northline Press", "ORG"))] * 6
    (found,) = word_findings([*usual, article(SAYS, ("Northline", "ORG"))])
    assert (found.stands, found.other) == (Mention(0, 9, "ORG"), Mention(0, 15, "ORG"))
    assert found.reason.endswith("; here “Northline” only is labelled.")


@pytest.mark.parametrize("with_label", [1, 2])
def test_too_few_places_raise_no_doubt(with_label: int) -> None:
    assert word_findings([*[article(SAYS, ("Northline Press", "ORG"))] * with_label, article(SAYS)]) == []


def test_words_that_mean_two_things_raise_no_doubt() -> None:
    as_place = [article("Paris voted.", ("Paris", "GPE"))] * 6
    assert word_findings([*as_place, *[article("Paris left.", ("Paris", "PERSON"))] * 4]) == []
    assert word_findings([*as_place, *[article("Paris left.")] * 4]) == []


def test_a_longer_name_and_a_longer_word_are_no_places_of_a_shorter_one() -> None:
    usual = [article("In Bergen it rained.", ("Bergen", "GPE"))] * 8
    longer = article("Bergen University closed.", ("Bergen University", "ORG"))
    assert word_findings([*usual, longer, article("Bergensk weather.")]) == []


def test_a_title_within_what_elsewhere_begins_after_it() -> None:
    usual = [article(f"President {name} spoke.", (name, "PERSON")) for name in ("Lima", "Serik", "Petrov")]
    (found,) = edge_findings([*usual * 2, article("President Ellingsen.", ("President Ellingsen", "PERSON"))])
    assert (found.stands, found.other) == (Mention(0, 19, "PERSON"), Mention(10, 19, "PERSON"))
    assert found.reason == "“President” at the beginning of PERSON is outside it in 6 of 6 other places."


def test_a_word_left_out_that_elsewhere_is_the_end() -> None:
    usual = [article(f"The {name} Inc. grew.", (f"{name} Inc.", "ORG")) for name in ("Norda", "Velt", "Aru")]
    found = edge_findings([*usual * 2, article("A Soltra Inc. grew.", ("Soltra", "ORG"))])
    assert [(one.stands, one.other) for one in found] == [(Mention(2, 8, "ORG"), Mention(2, 13, "ORG"))]


def test_a_space_and_a_cut_word() -> None:
    usual = [article("In Bergen it rained.", ("Bergen", "GPE"))] * 6
    found = edge_findings([*usual, article("In Bergen it rained.", ("Bergen ", "GPE"))])
    assert "It ends with a space." in {one.reason for one in found}
    assert {one.other for one in found} == {Mention(3, 9, "GPE")}
    (cut,) = edge_findings([*usual, article("In Bergen it rained.", ("Berg", "GPE"))])
    assert (cut.other, cut.reason) == (
        Mention(3, 9, "GPE"),
        "It cuts a word; 6 of 6 other GPE do not.",
    )


def test_words_are_cut_where_the_language_joins_them_to_others() -> None:
    evidence = EdgeEvidence()
    text, gold = article("Bergende yağmur yağdı.", ("Bergen", "GPE"))
    for _ in range(6):
        evidence.learn(text, gold, "tr")
        evidence.learn(*article("In Bergen it rained.", ("Bergen", "GPE")), "en")
    assert list(evidence.findings(text, gold, "tr")) == []
    evidence.learn(text, gold, "en")
    (found,) = evidence.findings(text, gold, "en")
    assert found.reason == "It cuts a word; 6 of 6 other GPE do not."


def test_scripts_without_spaces_have_no_words_to_cut() -> None:
    assert cuts_a_word("Bergen", 3)
    assert not cuts_a_word("北京市", 1)
    assert not cuts_a_word("in Bergen", 3)


def test_what_an_engine_is_sure_of() -> None:
    text, gold = article("Mara Ellingsen saw Bergen and Porto.", ("Mara", "PERSON"), ("Bergen", "ORG"))
    said = [(Mention(0, 14, "PERSON"), 0.95), (Mention(19, 25, "GPE"), 0.999), (Mention(30, 35, "GPE"), 0.9)]
    claims = [Claim("ensemble", *one) for one in said]
    unsure = Claim("ensemble", Mention(15, 18, "GPE"), 0.89)
    same = Claim("ensemble", gold[0], 1.0)
    found = list(engine_findings(text, gold, [*claims, unsure, same]))
    assert [one.stands for one in found] == [gold[0], gold[1], None]
    assert [one.reason for one in found] == [
        "ensemble is 95 % sure that “Mara Ellingsen” is PERSON; gold has “Mara” as PERSON.",
        "ensemble is 99 % sure that “Bergen” is GPE; gold says ORG.",
        "ensemble is 90 % sure that “Porto” is GPE; gold has nothing here.",
    ]


def test_one_doubt_a_place_the_highest_score_stays() -> None:
    stands, other = Mention(0, 4, "ORG"), Mention(0, 4, "GPE")
    low, high = (Finding("words", stands, other, score, "") for score in (0.5, 0.9))
    beside = Finding("engine", None, Mention(9, 12, "GPE"), 0.6, "")
    within = Finding("words", None, Mention(9, 10, "ORG"), 0.5, "")
    assert one_a_place([low, within, beside, high]) == [high, beside]


@given(st.integers(0, 500), st.integers(0, 500))
def test_certainty_is_below_the_share_and_grows_with_the_evidence(agreeing: int, against: int) -> None:
    places = agreeing + against
    score = certainty(agreeing, places)
    assert 0 <= score <= (agreeing / places if places else 0) + 1e-9
    assert certainty(2 * agreeing, 2 * places) >= score - 1e-9 or not places


WORD = st.sampled_from(["Northline", "Press", "Dr.", "Bergen", "said", "北京", " ", "\n", "(", "é", "𝒳"])


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    found = []
    for words in draw(st.lists(st.lists(WORD, min_size=1, max_size=8), min_size=1, max_size=8)):
        text = "".join(words)
        bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.sampled_from("AB"))
        gold = [Mention(*one) for one in draw(st.lists(bounds, max_size=4)) if one[0] < one[1]]
        found.append((text, sorted(set(gold))))
    return found


@given(articles())
def test_whatever_the_articles_are_findings_lie_in_the_text_and_would_change_something(
    some: list[Article],
) -> None:
    some = some * 4
    length = max(len(text) for text, _ in some)
    for one in [*word_findings(some), *edge_findings(some)]:
        assert one.stands != one.other
        assert 0 <= one.other.start < one.other.end <= length
        assert 0 < one.score <= 1
        assert one.reason.endswith(".")
        assert len(one.reason) <= 300
