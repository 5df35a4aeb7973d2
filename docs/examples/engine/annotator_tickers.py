"""Stock tickers: behind their exchange, as in (NYSE: NLP), and as cashtags, such as $NLP."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Engine, Setting, SettingsError

TICKER = re.compile(
    r"\b(?:NYSE|Nasdaq|LSE|XETRA|Euronext):\s?(?P<listed>[A-Z]{1,5})\b|(?<!\w)\$(?P<tag>[A-Z]{1,5})\b"
)


class TickerEngine(Engine):
    name: ClassVar[str] = "tickers"
    title: ClassVar[str] = "Stock tickers"
    description: ClassVar[str] = "Finds tickers behind an exchange, as in (NYSE: NLP), and cashtags: $NLP."
    version: str = "1"
    settings_form: ClassVar[tuple[Setting, ...]] = (
        Setting("label", "text", "Label", "The label that tickers get.", default="ORG"),
        Setting("cashtags", "boolean", "Cashtags", "Find $NLP, too.", default=True),
    )

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        super().__init__(settings, labels)
        self.label = settings.get("label") or "ORG"
        if self.label not in labels:
            raise SettingsError({"label": f"There is no label {self.label!r:.60} in the schema."})
        self.groups = ("listed", "tag") if settings.get("cashtags", True) else ("listed",)

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            yield list(self._suggestions(article.text))

    def _suggestions(self, text: str) -> Iterator[Suggestion]:
        for hit in TICKER.finditer(text):
            group = hit.lastgroup or ""
            if group in self.groups:
                yield Suggestion(*hit.span(group), self.label, confidence=0.95)
