from __future__ import annotations

import json
import re
import time
from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from articles.domain.spans import Span
from articles.engines.base import ArticleText, EngineError, EngineUnavailable, Lesson, Secret, SettingsError
from articles.engines.chat import ChatEngine
from articles.engines.chat.answers import mentions_in
from articles.engines.connected import SAMPLE, Surroundings
from articles.engines.web.exchange import Limits
from tests.articles.engines.answering import LABELS, SURROUNDINGS, Handler, Respond, always, serving

ARTICLE = ArticleText(1, "Mara Ellingsen spoke in Bergen. Bergen listened.", "en")


class Quick(ChatEngine):
    @property
    def limits(self) -> Limits:
        return Limits(connect=10, read=10, total=30, tries=2, backoff=0.01)


def engine(address: str, given: Surroundings = SURROUNDINGS, **settings: Any) -> ChatEngine:
    base = address.removesuffix("/suggest") + "/v1"
    return Quick({"address": base, "model": "small-1", **settings}, LABELS, given)


def completion(content: Any, **more: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    return {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], **more}


def saying(*mentions: tuple[Any, ...], tokens: int = 100) -> Respond:
    listed = [dict(zip(("text", "label", "occurrence"), one, strict=False)) for one in mentions]
    content = json.dumps({"mentions": listed})
    return always(completion(content, usage={"total_tokens": tokens}))


def a_model(handler: Handler) -> None:
    """Finds all capitalised words of the last turn, and says so as it was shown."""
    names = re.findall(r"\b[A-Z]\w+", handler.question["messages"][-1]["content"])
    seen = Counter[str]()
    mentions = []
    for name in names:
        seen[name] += 1
        mentions.append({"text": name, "label": "PERSON", "occurrence": seen[name]})
    handler.answer(completion(json.dumps({"mentions": mentions}), usage={"total_tokens": 50}))


def found(one: ChatEngine, article: ArticleText = ARTICLE) -> list[tuple[str, str, int]]:
    (suggestions,) = one.annotate([article])
    return [(article.text[each.start : each.end], each.label, each.start) for each in suggestions]


def test_quoted_mentions_come_back_as_spans() -> None:
    said = saying(("Mara Ellingsen", "PERSON"), ("Bergen", "GPE", 2), ("Oslo", "GPE"), ("Bergen", "PLANET"))
    with serving(said) as served:
        one = engine(served.address, key=Secret("sk-1"))
        assert found(one) == [("Mara Ellingsen", "PERSON", 0), ("Bergen", "GPE", 32)]
    assert one.counted == {"requests": 1, "tokens": 100, "left out": 2}
    assert one.version == "small-1"
    assert served.headers[0]["Authorization"] == "Bearer sk-1"


def test_the_question_says_what_the_schema_says() -> None:
    with serving(saying()) as served:
        found(engine(served.address, replace(SURROUNDINGS, guidelines="Never mark ships.")))
    (question,) = served.questions
    told = question["messages"][0]["content"]
    assert all(words in told for words in ("- PERSON: A human being.", "- GPE: ", "Never mark ships."))
    assert question["messages"][-1] == {"role": "user", "content": ARTICLE.text}
    shape = question["response_format"]["json_schema"]["schema"]["properties"]["mentions"]["items"]
    assert shape["properties"]["label"]["enum"] == ["GPE", "PERSON"]


def lesson(number: int, text: str, language: str = "en", label: str = "GPE") -> Lesson:
    start = text.index("Bergen")
    return Lesson(ArticleText(number, text, language), (Span(uuid4(), start, start + 6, label),))


def test_examples_are_those_of_gold_that_resemble_the_article() -> None:
    gold = (
        lesson(1, ARTICLE.text),  # itself
        lesson(2, ARTICLE.text + " Again."),  # the same story
        lesson(3, "Havnen i Bergen er stengt.", "nb"),
        lesson(4, "Herring prices fell in Bergen."),
        lesson(5, "The mayor spoke and Bergen listened to her."),
    )
    with serving(saying()) as served:
        found(engine(served.address, replace(SURROUNDINGS, examples=gold), examples=2))
        found(engine(served.address, replace(SURROUNDINGS, examples=gold), examples=0))
    turns = [one["content"] for one in served.questions[0]["messages"]]
    assert turns[1] == "Herring prices fell in Bergen."
    assert turns[3] == "The mayor spoke and Bergen listened to her."
    assert json.loads(turns[4]) == {"mentions": [{"text": "Bergen", "label": "GPE", "occurrence": 1}]}
    assert len(served.questions[1]["messages"]) == 2


def test_long_articles_are_read_in_windows() -> None:
    paragraph = "Mara went to Bergen and came back to Bergen again, which took a while.\n\n"
    article = ArticleText(1, "🚢 " + paragraph * 200)
    with serving(a_model) as served:
        hits = found(engine(served.address), article)
    assert len(served.questions) == 3
    assert len(hits) == 600
    assert hits == [(one[0], "PERSON", one.start()) for one in re.finditer(r"Mara|Bergen", article.text)]


def test_a_few_articles_are_asked_about_at_once_and_the_order_holds() -> None:
    def respond(handler: Handler) -> None:
        time.sleep(0.3 if "Article0" in handler.question["messages"][-1]["content"] else 0.1)
        a_model(handler)

    articles = [ArticleText(number + 1, f"So says Article{number}.") for number in range(8)]
    with serving(respond) as served:
        results = list(engine(served.address, at_once=3).annotate(articles))
    texts = [articles[n].text[one.start : one.end] for n, all_ in enumerate(results) for one in all_[1:]]
    assert texts == [f"Article{number}" for number in range(8)]
    assert served.at_once == 3


def refusing(*words: str) -> Respond:
    """An endpoint that does not know some of what a question may hold."""

    def respond(handler: Handler) -> None:
        kind = handler.question.get("response_format", {}).get("type", "")
        if kind in words or ("temperature" in words and "temperature" in handler.question):
            handler.answer({"error": {"message": "Unsupported parameter"}}, 400)
        else:
            a_model(handler)

    return respond


@pytest.mark.parametrize(
    ("unknown", "asked"),
    [
        ((), 1),
        (("temperature",), 2),
        (("json_schema",), 3),
        (("json_schema", "json_object"), 5),
        (("json_schema", "json_object", "temperature"), 6),
    ],
)
def test_what_an_endpoint_does_not_understand_is_left_out_from_then_on(
    unknown: tuple[str, ...], asked: int
) -> None:
    with serving(refusing(*unknown)) as served:
        one = engine(served.address)
        assert len(found(one)) == 4
        assert len(served.questions) == asked
        assert len(found(one)) == 4
        assert len(served.questions) == asked + 1


def test_an_article_that_the_endpoint_declines_fails_alone() -> None:
    def respond(handler: Handler) -> None:
        if "poison" in handler.question["messages"][-1]["content"]:
            handler.answer({"error": {"message": "Too long for this model"}}, 400)
        else:
            a_model(handler)

    with serving(respond) as served:
        one = engine(served.address)
        with pytest.raises(EngineError, match="Too long for this model") as caught:
            list(one.annotate([ARTICLE, ArticleText(2, "poison")]))
        assert not isinstance(caught.value, EngineUnavailable)
        before = len(served.questions)
        assert len(found(one)) == 4
        assert len(served.questions) == before  # it was paid for
        assert found(one, replace(ARTICLE, id=3))
        assert "response_format" in served.questions[-1]


@pytest.mark.parametrize(
    "content",
    [
        '{"mentions": [{"text": "Bergen", "label": "GPE"}]}',
        '```json\n{"mentions": [{"text": "Bergen", "label": "GPE"}]}\n```',
        '<think>{"mentions": []} or not</think> So: {"mentions": [{"text": "Bergen", "label": " GPE "}]}.',
        '[{"text": "Bergen", "label": "GPE", "occurrence": "one"}]',
        'A {brace} first. {"mentions": [{"text": "Bergen", "label": "GPE", "extra": 1}, 5, {"text": 1}]}',
    ],
)
def test_models_answer_in_many_ways(content: str) -> None:
    with serving(always(completion(content))) as served:
        assert found(engine(served.address)) == [("Bergen", "GPE", 24)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (completion("I will not."), "no list of mentions"),
        (completion('{"mentions": [{"text": "Ber'), "no list of mentions"),
        (completion("{" * 5000), "no list of mentions"),
        (completion("[" * 5000), "no list of mentions"),
        (completion(None), "refused to answer"),
        (completion(5), "refused to answer"),
        ({"choices": [{"message": {"content": "x"}, "finish_reason": "length"}]}, "longest answer"),
        ({"choices": []}, "as a chat endpoint does"),
        ({"choices": [None]}, "as a chat endpoint does"),
        ([], "as a chat endpoint does"),
        ("text", "as a chat endpoint does"),
    ],
)
def test_answers_that_are_none_are_named(answer: Any, reason: str) -> None:
    with serving(always(answer)) as served, pytest.raises(EngineError, match=reason):
        found(engine(served.address))


def test_a_run_keeps_to_its_budget() -> None:
    with serving(a_model) as served:
        one = engine(served.address, budget=120, at_once=1)
        articles = [replace(ARTICLE, id=number) for number in range(1, 6)]
        with pytest.raises(
            EngineUnavailable, match="The budget of 120 tokens for a run is used up"
        ) as caught:
            list(one.annotate(articles))
        assert not caught.value.may_pass
        assert (len(served.questions), one.counted["tokens"]) == (3, 150)
        other = engine(served.address, budget=120)
        other.counted_before["tokens"] = 120
        with pytest.raises(EngineUnavailable):
            found(other)
        assert len(served.questions) == 3


def test_tokens_are_estimated_where_the_endpoint_counts_none() -> None:
    with serving(always(completion('{"mentions": []}', usage={"total_tokens": "many"}))) as served:
        one = engine(served.address)
        found(one)
    assert one.counted["tokens"] > 100


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"address": "https://example.org/v1"}, "model"),
        ({"address": "https://example.org/v1", "model": "  "}, "model"),
        ({"model": "m"}, "address"),
        ({"address": "https://example.org", "model": "m", "examples": 9}, "examples"),
        ({"address": "https://example.org", "model": "m", "budget": -1}, "budget"),
    ],
)
def test_settings_that_cannot_be_used_are_named(settings: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        ChatEngine(settings, LABELS, SURROUNDINGS)
    assert set(caught.value.problems) == {named}


def test_an_empty_article_costs_nothing() -> None:
    with serving(a_model) as served:
        assert found(engine(served.address), ArticleText(1, " \n ")) == []
        assert served.questions == []


def test_an_endpoint_that_is_down_is_told_from_an_article_that_it_cannot_read() -> None:
    with serving(always({}, 500)) as served, pytest.raises(EngineUnavailable, match=r"failed \(500\)"):
        found(engine(served.address))
    assert served.questions[-1]["messages"][-1]["content"] == SAMPLE.text


def test_entries_that_are_no_mentions_are_counted() -> None:
    assert mentions_in('{"mentions": [1, {"text": "a"}, {"label": "b"}, null]}') == ([], 4)
