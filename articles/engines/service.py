"""Any service that speaks our small protocol: docs/engines.md describes it, docs/service.py is an example."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from articles.domain.spans import Suggestion, problem_with_offsets
from articles.engines.base import ArticleText, Setting
from articles.engines.connected import ConnectedEngine, Surroundings, in_order
from articles.engines.web.exchange import Exchange, Limits, Unanswered, limits_for
from articles.engines.web.settings import KEY, read_address, read_key, read_number

PROTOCOL = "1"
AT_ONCE = 2


class ServiceEngine(ConnectedEngine):
    name: ClassVar[str] = "service"
    title: ClassVar[str] = "HTTP service"
    description: ClassVar[str] = "Sends the articles to a service of yours, which answers with suggestions."
    batch_size: ClassVar[int] = 32
    settings_form: ClassVar[tuple[Setting, ...]] = (
        Setting(
            "address",
            "text",
            "Address",
            "As https://example.org/suggest. Articles are sent there.",
            required=True,
        ),
        KEY,
        Setting("articles", "number", "Articles in one request", "From 1 to 32.", 16),
        Setting("seconds", "number", "Seconds to wait for an answer", "From 1 to 500.", 60),
    )

    def __init__(
        self, settings: Mapping[str, Any], labels: frozenset[str], surroundings: Surroundings | None = None
    ) -> None:
        super().__init__(settings, labels, surroundings)
        self._address = read_address(settings, self.surroundings.allowance)
        self._key = read_key(settings)
        self._articles = read_number(settings, "articles", default=16, most=self.batch_size)
        self._seconds = read_number(settings, "seconds", default=60, most=500)

    @property
    def limits(self) -> Limits:
        return limits_for(self._seconds)

    def exchange(self, limits: Limits) -> Exchange:
        headers = {"Annotator-Protocol": PROTOCOL}
        return Exchange(
            self._address,
            key=self._key,
            headers=headers,
            allowance=self.surroundings.allowance,
            limits=limits,
        )

    async def read(self, exchange: Exchange, articles: Sequence[ArticleText]) -> list[list[Suggestion]]:
        groups = [articles[at : at + self._articles] for at in range(0, len(articles), self._articles)]
        found = await in_order((self._ask(exchange, group) for group in groups), at_once=AT_ONCE)
        return [suggestions for group in found for suggestions in group]

    async def _ask(self, exchange: Exchange, articles: Sequence[ArticleText]) -> list[list[Suggestion]]:
        self.counted["requests"] += 1
        answer = await exchange.ask(
            {
                "articles": [
                    {
                        "id": one.id,
                        "text": one.text,
                        "language": one.language,
                        "metadata": dict(one.metadata),
                    }
                    for one in articles
                ],
                "labels": [
                    {"name": one.name, "description": one.description} for one in self.surroundings.labels
                ],
            }
        )
        lists = _lists(answer, len(articles))
        return [
            self._usable(one, [_suggestion(item, number) for item in items])
            for number, (one, items) in enumerate(zip(articles, lists, strict=True), 1)
        ]

    def _usable(self, article: ArticleText, found: list[Suggestion]) -> list[Suggestion]:
        """Those within the text with a label of the schema; the others are counted."""
        usable = [
            one
            for one in found
            if one.label in self.labels and not problem_with_offsets(one.start, one.end, len(article.text))
        ]
        self.counted["left out"] += len(found) - len(usable)
        return usable


def _lists(answer: Any, count: int) -> list[list[Any]]:
    """The answer's lists, one an article. Raises Unanswered."""
    lists = answer.get("suggestions") if isinstance(answer, dict) else None
    if not isinstance(lists, list) or not all(isinstance(one, list) for one in lists):
        raise Unanswered(
            'The answer of the service is not {"suggestions": [[…], …]}, a list for each article.'
        )
    if len(lists) != count:
        raise Unanswered(f"The service answered with {len(lists)} lists for {count} articles.")
    return lists


def _suggestion(item: Any, number: int) -> Suggestion:
    """Raises Unanswered, naming the place in the answer and what is wrong there."""
    match item:
        case {"start": int(start), "end": int(end), "label": str(label)} if not (
            isinstance(start, bool) or isinstance(end, bool)
        ):
            return Suggestion(start, end, label, _confidence(item.get("confidence"), number))
    raise Unanswered(
        f"The service's answer for article {number} of the request holds {reprlib.repr(item)}. A "
        "suggestion has whole numbers as start and end, and a label."
    )


def _confidence(value: Any, number: int) -> float | None:
    if value is None:
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 < value <= 1
        or math.isnan(value)
    ):
        raise Unanswered(
            f"The service's answer for article {number} of the request has the confidence {value!r:.20}. "
            "It is above 0 and at most 1, or null."
        )
    return float(value)
