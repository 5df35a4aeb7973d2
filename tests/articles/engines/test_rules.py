from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.schemas.ready import ready_templates
from articles.engines.base import ArticleText
from articles.engines.rules import RulesEngine
from tests.articles.domain.test_newswire import STORY

NEWSROOM = ready_templates()["newsroom"].definition.active_names
ENGINE = RulesEngine({}, NEWSROOM)


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    (suggestions,) = ENGINE.annotate([ArticleText(1, text, language)])
    return [(one.label, text[one.start : one.end]) for one in suggestions]


def test_a_wire_story() -> None:
    expected = {
        ("DATE", "2024-05-30"),
        ("GPE", "SHYMKENT"),
        ("GPE", "Kazakhstan"),
        ("DATE", "May 30"),
        ("TITLE", "President"),
        ("PERSON", "Aibek Sarsen"),
        ("ORDINAL", "12th"),
        ("ORG", "Assembly of Farmers of Kazakhstan"),
        ("AGENCY", "Steppe Herald"),
        ("DATE", "1995"),
    }
    assert expected <= set(found(STORY))


def test_later_mentions_are_found_by_surname_and_in_full() -> None:
    text = "President Mara Holm spoke. The Court of Trade agreed with Holm. Then the Court of Trade rose."
    assert found(text).count(("ORG", "Court of Trade")) == 2
    assert ("PERSON", "Holm") in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost $1.4 billion.", ("MONEY", "$1.4 billion")),
        ("It cost 42 million kroner.", ("MONEY", "42 million kroner")),
        ("Это стоит 26 млн рублей.", ("MONEY", "26 млн рублей")),
        ("Құны 2,4 миллиард теңге.", ("MONEY", "2,4 миллиард теңге")),
        ("耗资3200万元。", ("MONEY", "3200万元")),
        ("It fell by 6%.", ("PERCENT", "6%")),
        ("It fell by sixty percent.", ("PERCENT", "sixty percent")),
        ("It rose by 70 процентов.", ("PERCENT", "70 процентов")),
        ("Artış yüzde 35 oldu.", ("PERCENT", "yüzde 35")),
        ("On 30 May 2024 it rained.", ("DATE", "30 May 2024")),
        ("Это было 30 мая 2024 года.", ("DATE", "30 мая 2024 года")),
        ("2024年5月30日开门。", ("DATE", "2024年5月30日")),
        ("كان ذلك في 30 مايو 2024", ("DATE", "30 مايو 2024")),
        ("It begins at 18:30 sharp.", ("TIME", "18:30")),
        ("The 32nd session began.", ("ORDINAL", "32nd")),
        ("It is 312 kilometres long.", ("QUANTITY", "312 kilometres")),
        ("They speak the Kazakh language.", ("LANGUAGE", "Kazakh")),
        ("The Constitutional Court agreed.", ("ORG", "Constitutional Court")),
        ("Она живёт в стране Норвегия.", ("GPE", "Норвегия")),
        ("“We will not go home today,” she said.", ("QUOTE", "We will not go home today")),
        ("“We will not go home today,” said Bo Lund.", ("CUE", "said")),
        ("Bo Lund, chief executive, left.", ("TITLE", "chief executive")),
    ],
)
def test_patterns(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize("text", ["20 times a second.", "It may be so.", "A second. Then", "version 1.2.3.4"])
def test_what_is_none_of_it(text: str) -> None:
    assert not {label for label, _ in found(text)} & {"ORDINAL", "DATE", "MONEY"}


def test_another_schema_gets_its_own_names() -> None:
    engine = RulesEngine({}, frozenset({"PER", "LOC"}))
    text = "President Mara Holm went to Norway."
    (suggestions,) = engine.annotate([ArticleText(1, text)])
    assert {one.label for one in suggestions} == {"PER", "LOC"}


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.sampled_from("President of Norway, Bo Lund said “it 12%$€th May\n。是👩‍.,")
        | st.characters(exclude_categories=["Cs"]),
        max_size=120,
    )
)
def test_any_text_gives_suggestions_that_can_be_spans(text: str) -> None:
    (suggestions,) = ENGINE.annotate([ArticleText(1, text)])
    for one in suggestions:
        assert 0 <= one.start < one.end <= len(text)
        assert one.label in NEWSROOM
        assert text[one.start : one.end].strip()


def test_long_hostile_texts_come_to_an_end() -> None:
    for text in ("A" * 200_000, "Aa " * 60_000, "1 " * 60_000, "“" * 50_000, "of " * 60_000):
        assert len(list(ENGINE.annotate([ArticleText(1, text)]))) == 1
