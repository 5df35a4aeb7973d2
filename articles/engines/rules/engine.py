from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Setting, SettingsError
from articles.engines.lists import Hit, ListEngine, Reading, Remark
from articles.engines.rules.apart import COMPILING_SECONDS, Match, find_apart
from articles.engines.rules.lines import Rule, label_at, parse_rules

log = logging.getLogger(__name__)


class RulesEngine(ListEngine):
    name: ClassVar[str] = "rules"
    title: ClassVar[str] = "Rules"
    description: ClassVar[str] = (
        "Finds what regular expressions of yours describe: numbers of cases and flights, codes, titles."
    )
    batch_size: ClassVar[int] = 32
    list_setting: ClassVar[str] = "rules"
    entry: ClassVar[tuple[str, str]] = ("rule", "rules")
    settings_form: ClassVar[tuple[Setting, ...]] = (
        Setting(
            "rules",
            "lines",
            "Rules",
            "One a line: pattern, tab (or =>), label, and if you like a tab and a confidence up to 1. "
            "(?P<entity>...) marks the part that is the entity. # begins a note.",
        ),
        Setting("ignore_case", "boolean", "Ignore capital letters", default=False),
    )

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        super().__init__(settings, labels)
        self.refuse(self.check(settings, labels))
        self.rules, _ = parse_rules(_text(settings), labels)
        self.ignore_case = bool(settings.get("ignore_case", False))

    @classmethod
    def check(cls, settings: Mapping[str, Any], labels: frozenset[str]) -> list[Remark]:
        rules, remarks = parse_rules(_text(settings), labels)
        if rules:
            ignore_case = bool(settings.get("ignore_case", False))
            remarks += find_apart(rules, [], ignore_case=ignore_case, seconds=COMPILING_SECONDS)[1]
        return sorted(remarks, key=lambda remark: remark.line)

    @classmethod
    def label_at(cls, line: str) -> tuple[int, int] | None:
        return label_at(line)

    def read(self, articles: Sequence[ArticleText], seconds: float | None = None) -> Reading:
        if not self.rules:
            return Reading([[] for _ in articles])
        texts = [article.text for article in articles]
        matches, remarks = find_apart(self.rules, texts, ignore_case=self.ignore_case, seconds=seconds)
        hits: list[list[Match]] = [[] for _ in articles]
        for match in matches:
            hits[match.text].append(match)
        return Reading([_merged(found) for found in hits], remarks)

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        waiting = iter(articles)
        while batch := list(islice(waiting, self.batch_size)):
            reading = self.read(batch)
            for remark in reading.remarks:
                log.warning("A rule was not used as it stands. %s", remark)
            yield from ([hit.suggestion for hit in hits] for hits in reading.hits)


def _merged(matches: Iterable[Match]) -> list[Hit]:
    """Hits in reading order; what several rules find is one, with the highest confidence of theirs."""
    found: dict[tuple[int, int, str], list[Rule]] = {}
    for match in matches:
        found.setdefault((match.start, match.end, match.rule.label), []).append(match.rule)
    return [
        Hit(
            Suggestion(start, end, label, max(rule.confidence for rule in rules)),
            tuple(rule.line for rule in rules),
        )
        for (start, end, label), rules in sorted(found.items(), key=lambda one: (one[0][0], -one[0][1]))
    ]


def _text(settings: Mapping[str, Any]) -> str:
    text = settings.get("rules") or ""
    if not isinstance(text, str):
        raise SettingsError({"rules": "The rules are a text, one a line."})
    return text
