"""A language model behind any endpoint that is compatible with OpenAI's chat completions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import orjson

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, EngineUnavailable, Setting, SettingsError
from articles.engines.chat.alignment import locate
from articles.engines.chat.answers import content_of, mentions_in, tokens_of
from articles.engines.chat.examples import Examples
from articles.engines.chat.prompts import answer_schema, messages
from articles.engines.chat.windows import windows
from articles.engines.connected import ConnectedEngine, Surroundings, in_order
from articles.engines.web.exchange import Declined, Exchange, Limits, limits_for
from articles.engines.web.settings import KEY, read_address, read_key, read_number

WINDOW = 6_000
PATH = "/chat/completions"
# A model's own word on how sure it is means little. This orders suggestions, and no more.
CONFIDENCE = 0.7
# From the strictest that an endpoint may know to none at all.
_FORMATS = ("json_schema", "json_object", "")
_MISUNDERSTOOD = (400, 422)
_MOST_TOKENS = 1_000_000_000


class ChatEngine(ConnectedEngine):
    name: ClassVar[str] = "chat"
    title: ClassVar[str] = "Language model (OpenAI-compatible)"
    description: ClassVar[str] = (
        "Asks a language model, told by the label schema, the guidelines and examples from gold."
    )
    batch_size: ClassVar[int] = 8
    wants_examples: ClassVar[bool] = True
    settings_form: ClassVar[tuple[Setting, ...]] = (
        Setting(
            "address",
            "text",
            "Address",
            "As https://api.example.com/v1. Articles are sent there.",
            required=True,
        ),
        KEY,
        Setting("model", "text", "Model", "The name that the service knows it by.", required=True),
        Setting("examples", "number", "Examples from gold in each question", "From 0 to 8.", 3),
        Setting("guidelines", "boolean", "Tell it the beginning of the guidelines, too", default=True),
        Setting(
            "budget", "number", "Tokens that a run may use", "Then it pauses. Empty: no limit.", 1_000_000
        ),
        Setting("at_once", "number", "Questions at a time", "From 1 to 8.", 4),
        Setting("seconds", "number", "Seconds to wait for an answer", "From 1 to 500.", 120),
    )

    def __init__(
        self, settings: Mapping[str, Any], labels: frozenset[str], surroundings: Surroundings | None = None
    ) -> None:
        super().__init__(settings, labels, surroundings)
        address = read_address(settings, self.surroundings.allowance)
        path = address.path.rstrip("/")
        self._address = address.copy_with(path=path if path.endswith(PATH) else path + PATH)
        self._key = read_key(settings)
        self._model = _read_model(settings)
        self.version = self._model[:64]
        self._count = read_number(settings, "examples", default=3, least=0, most=8)
        self._budget = read_number({"budget": 1_000_000, **settings}, "budget", default=0, most=_MOST_TOKENS)
        self._at_once = read_number(settings, "at_once", default=4, most=8)
        self._seconds = read_number(settings, "seconds", default=120, most=500)
        self._guidelines = self.surroundings.guidelines if settings.get("guidelines", True) else ""
        self._examples = Examples(self.surroundings.examples if self._count else ())
        self._manner = (_FORMATS[0], True)
        self._paid: dict[int, list[Suggestion]] = {}

    @property
    def limits(self) -> Limits:
        return limits_for(self._seconds)

    def exchange(self, limits: Limits) -> Exchange:
        allowance = self.surroundings.allowance
        return Exchange(self._address, key=self._key, allowance=allowance, limits=limits)

    async def read(self, exchange: Exchange, articles: Sequence[ArticleText]) -> list[list[Suggestion]]:
        found = await in_order((self._article(exchange, one) for one in articles), at_once=self._at_once)
        for one in articles:
            self._paid.pop(one.id, None)
        return found

    async def _article(self, exchange: Exchange, article: ArticleText) -> list[Suggestion]:
        """What was paid for is not asked again when another article of the batch failed."""
        if article.id not in self._paid:
            examples = self._examples.like(article, self._count)
            found = list[Suggestion]()
            for start, text in windows(article.text, WINDOW):
                if text.strip():
                    turns = messages(text, self.surroundings.labels, self._guidelines, examples)
                    found += self._suggestions(start, text, await self._ask(exchange, turns))
            self._paid[article.id] = found
        return self._paid[article.id]

    def _suggestions(self, start: int, text: str, content: str) -> Iterator[Suggestion]:
        mentions, odd = mentions_in(content)
        known = [one for one in mentions if one.label in self.labels]
        places, lost = locate(text, known)
        self.counted["left out"] += odd + len(mentions) - len(known) + lost
        for first, end, label in places:
            yield Suggestion(start + first, start + end, label, CONFIDENCE)

    async def _ask(self, exchange: Exchange, turns: list[dict[str, str]]) -> str:
        """The model's answer. What the endpoint does not understand of the question is left out, then and
        later."""
        manners = _simpler(*self._manner)
        for last, manner in manners:
            self._keep_to_budget()
            try:
                answer = await self._question(exchange, turns, *manner)
            except Declined as refusal:
                if last or refusal.status not in _MISUNDERSTOOD:
                    raise
                continue
            self._manner = manner
            return answer
        raise AssertionError("the last manner answers or raises")

    async def _question(
        self, exchange: Exchange, turns: list[dict[str, str]], form: str, steady: bool
    ) -> str:
        question: dict[str, Any] = {"model": self._model, "messages": turns}
        if steady:
            question["temperature"] = 0
        if form == "json_schema":
            shape = {"name": "mentions", "strict": True, "schema": answer_schema(self.labels)}
            question["response_format"] = {"type": form, "json_schema": shape}
        elif form:
            question["response_format"] = {"type": form}
        self.counted["requests"] += 1
        answer = await exchange.ask(question)
        self.counted["tokens"] += tokens_of(answer, len(orjson.dumps(question)), len(orjson.dumps(answer)))
        return content_of(answer)

    def _keep_to_budget(self) -> None:
        used = self.counted["tokens"] + self.counted_before["tokens"]
        if self._budget and used >= self._budget:
            raise EngineUnavailable(
                f"The budget of {self._budget:,} tokens for a run is used up. Raise it in the settings of "
                "the engine and resume the run, or leave the other articles unread.",
                may_pass=False,
            )


def _simpler(form: str, steady: bool) -> list[tuple[bool, tuple[str, bool]]]:
    """Ways to ask, each simpler than the one before, from this one on; and which is the last."""
    ways = [
        (one, kept) for one in _FORMATS[_FORMATS.index(form) :] for kept in (True, False) if kept <= steady
    ]
    return [(way is ways[-1], way) for way in ways]


def _read_model(settings: Mapping[str, Any]) -> str:
    model = settings.get("model")
    if not isinstance(model, str) or not model.strip():
        raise SettingsError({"model": "Enter the name of the model."})
    return model.strip()[:200]
