from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, EngineError, EngineUnavailable, Secret, SettingsError
from articles.engines.connected import SAMPLE
from articles.engines.service import ServiceEngine
from articles.engines.web.exchange import Limits
from tests.articles.engines.answering import HERE, LABELS, SURROUNDINGS, Handler, always, serving

EXAMPLE = Path(__file__).parents[3] / "docs" / "service.py"
ARTICLES = [
    ArticleText(
        1, "Mara Ellingsen 🚢 in Bergen.", "en", {"section": "sea", "published_on": date(2026, 2, 11)}
    ),
    ArticleText(2, "Nothing.", "nn"),
    ArticleText(3, "Bergen again."),
]


class Quick(ServiceEngine):
    @property
    def limits(self) -> Limits:
        return Limits(connect=10, read=10, total=30, tries=2, backoff=0.01)


def engine(address: str, **settings: Any) -> ServiceEngine:
    return Quick({"address": address, **settings}, LABELS, SURROUNDINGS)


def suggest(**lists: Sequence[Mapping[str, Any]]) -> Any:
    """Answers with what a list of suggestions each text begins with a word of."""

    def respond(handler: Handler) -> None:
        first_words = [one["text"].split()[0].strip(".") for one in handler.question["articles"]]
        handler.answer({"suggestions": [lists.get(word, []) for word in first_words]})

    return respond


MARA: dict[str, Any] = {"start": 0, "end": 14, "label": "PERSON", "confidence": 0.75}
BERGEN: dict[str, Any] = {"start": 0, "end": 6, "label": "GPE"}


def test_articles_are_asked_about_and_suggestions_come_back_in_order() -> None:
    with serving(suggest(Mara=[MARA], Bergen=[BERGEN])) as served:
        found = list(engine(served.address).annotate(ARTICLES))
    assert found == [[Suggestion(0, 14, "PERSON", 0.75)], [], [Suggestion(0, 6, "GPE")]]
    question = served.questions[0]
    assert question["articles"][0] == {
        "id": 1,
        "text": "Mara Ellingsen 🚢 in Bergen.",
        "language": "en",
        "metadata": {"section": "sea", "published_on": "2026-02-11"},
    }
    assert question["labels"][0] == {"name": "PERSON", "description": "A human being."}
    assert served.headers[0]["Annotator-Protocol"] == "1"


def test_many_articles_go_in_several_requests_and_the_order_holds() -> None:
    def respond(handler: Handler) -> None:
        numbers = [int(one["text"]) for one in handler.question["articles"]]
        time.sleep(0.2 if numbers[0] < 4 else 0)
        handler.answer(
            {
                "suggestions": [
                    [{"start": 0, "end": 1, "label": "GPE", "confidence": one / 100}] for one in numbers
                ]
            }
        )

    articles = [ArticleText(number, str(number)) for number in range(1, 41)]
    with serving(respond) as served:
        one = engine(served.address, articles=4)
        found = [suggestions[0].confidence for suggestions in one.annotate(articles)]
    assert found == [number / 100 for number in range(1, 41)]
    assert (len(served.questions), one.counted["requests"]) == (10, 10)
    # A question is counted until its handler has ended, which may be after the next has begun.
    assert 2 <= served.at_once <= 3


def test_what_lies_outside_or_has_no_label_of_ours_is_left_out_and_counted() -> None:
    odd = [
        MARA,
        {"start": 0, "end": 1000, "label": "PERSON"},
        {"start": -1, "end": 2, "label": "PERSON"},
        {"start": 3, "end": 3, "label": "PERSON"},
        {"start": 0, "end": 2, "label": "PLANET"},
    ]
    with serving(suggest(Mara=odd)) as served:
        one = engine(served.address)
        assert list(one.annotate(ARTICLES[:1])) == [[Suggestion(0, 14, "PERSON", 0.75)]]
    assert one.counted["left out"] == 4


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ([], "a list for each article"),
        ({"suggestions": None}, "a list for each article"),
        ({"suggestions": [None]}, "a list for each article"),
        ({"suggestions": []}, "0 lists for 1 articles"),
        ({"suggestions": [[], []]}, "2 lists for 1 articles"),
        ({"suggestions": [["x"]]}, "article 1 of the request holds 'x'"),
        ({"suggestions": [[{"start": 0, "end": 1}]]}, "article 1 of the request holds"),
        ({"suggestions": [[{"start": True, "end": 2, "label": "GPE"}]]}, "whole numbers"),
        ({"suggestions": [[{"start": 0.5, "end": 2, "label": "GPE"}]]}, "whole numbers"),
        ({"suggestions": [[{"start": 0, "end": 10**30, "label": "GPE"}]]}, "whole numbers"),
        ({"suggestions": [[{**BERGEN, "confidence": 1.5}]]}, "confidence"),
        ({"suggestions": [[{**BERGEN, "confidence": 0}]]}, "confidence"),
        ({"suggestions": [[{**BERGEN, "confidence": "high"}]]}, "confidence"),
    ],
)
def test_an_answer_that_cannot_be_used_says_where(answer: Any, reason: str) -> None:
    """It is the service that is at fault: it answers so to any sentence."""
    with serving(always(answer)) as served, pytest.raises(EngineUnavailable, match=reason):
        list(engine(served.address).annotate(ARTICLES[:1]))


def test_an_article_that_the_service_cannot_read_is_told_from_a_service_that_is_down() -> None:
    def respond(handler: Handler) -> None:
        texts = [one["text"] for one in handler.question["articles"]]
        if "Nothing." in texts:
            handler.answer({}, 500)
        else:
            handler.answer({"suggestions": [[] for _ in texts]})

    with serving(respond) as served:
        one = engine(served.address)
        with pytest.raises(EngineError, match="failed \\(500\\)") as caught:
            list(one.annotate(ARTICLES))
        assert not isinstance(caught.value, EngineUnavailable)
        assert served.questions[-1]["articles"][0]["text"] == SAMPLE.text
        assert list(one.annotate(ARTICLES[:1])) == [[]]


def test_a_service_that_fails_at_everything_is_unavailable() -> None:
    with serving(always({}, 500)) as served, pytest.raises(EngineUnavailable, match="failed \\(500\\)"):
        list(engine(served.address).annotate(ARTICLES))
    assert len(served.questions) == 3  # two tries, and one to find out whose fault it is


def test_whoever_waits_says_how_long() -> None:
    with serving(lambda handler: time.sleep(5)) as served:
        hurried = Quick({"address": served.address}, LABELS, replace(SURROUNDINGS, seconds=0.3))
        began = time.monotonic()
        with pytest.raises(EngineUnavailable, match="waits no longer"):
            list(hurried.annotate(ARTICLES))
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "address"),
        ({"address": 5}, "address"),
        ({"address": "ftp://example.org"}, "address"),
        ({"address": "http://10.0.0.1/"}, "address"),
        ({"address": "http://example.org/", "key": Secret("abc")}, "address"),
        ({"address": "https://example.org/", "key": Secret("a b")}, "key"),
        ({"address": "https://example.org/", "key": Secret("ключ")}, "key"),
        ({"address": "https://example.org/", "key": Secret("a\r\nHost: b")}, "key"),
        ({"address": "https://example.org/", "articles": 0}, "articles"),
        ({"address": "https://example.org/", "articles": 33}, "articles"),
        ({"address": "https://example.org/", "articles": float("nan")}, "articles"),
        ({"address": "https://example.org/", "seconds": "x"}, "seconds"),
    ],
)
def test_settings_that_cannot_be_used_are_named(settings: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        ServiceEngine(settings, LABELS, SURROUNDINGS)
    assert set(caught.value.problems) == {named}


def test_a_key_is_sent_in_the_clear_only_where_the_administrator_said_so() -> None:
    settings = {"address": "http://127.0.0.1:9/", "key": Secret("abc")}
    assert ServiceEngine(settings, LABELS, SURROUNDINGS)
    assert SURROUNDINGS.allowance is HERE


@pytest.fixture
def example() -> Iterator[str]:
    """The service of the documentation, as its own process."""
    with serving(always({})) as free:
        port = httpx.URL(free.address).port
    process = subprocess.Popen([sys.executable, str(EXAMPLE), str(port)])
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            httpx.get(address, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the example does not start")


def test_the_example_of_the_documentation_works(example: str) -> None:
    found = list(engine(example).annotate(ARTICLES))
    assert [(one.start, one.end) for one in found[0]] == [(0, 4), (5, 14), (20, 26)]
    assert found[0][2].label == "PERSON"
    lines = EXAMPLE.read_text().splitlines()
    assert len([line for line in lines if line.strip()]) <= 30
