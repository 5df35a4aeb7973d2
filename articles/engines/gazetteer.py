"""Names from a list, found in one pass over the text (Aho and Corasick, 1975), at word borders only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import ahocorasick
import regex

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Engine, Setting, SettingsError

CONFIDENCE = 0.9
MAX_ENTRIES = 200_000
_DELIMITERS = ("\t", ";", ",")
# A border between two letters matters only in scripts that put spaces between words.
_SPACED = regex.compile(r"[\p{L}\p{M}\p{N}_]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}]")
# Lower-case letters that share a capital with another one: İZMİR and Iğdır, and the Greek final sigma.
_SAME = str.maketrans("ıς", "iσ")

# What text sets in more than one way: a space that does not break, or a line end; an apostrophe.
_ALIKE = (("\u00a0", " "), ("\u202f", " "), ("\n", " "), ("’", "'"))
_QUOTED = regex.compile(r'"(?P<name>(?:[^"]|"")*+)"\s*+[\t;,]\s*+"?(?P<label>[^"]*+)"?\s*+')

Entry = tuple[str, str]


class GazetteerEngine(Engine):
    name: ClassVar[str] = "gazetteer"
    title: ClassVar[str] = "Gazetteer"
    description: ClassVar[str] = "Finds the names of a list of yours, wherever they stand as whole words."
    settings_form: ClassVar[tuple[Setting, ...]] = (
        Setting(
            "entries",
            "lines",
            "Names",
            "One a line: name, tab (or ; or ,), label. # begins a note.",
        ),
        Setting("ignore_case", "boolean", "Ignore capital letters", default=False),
    )

    def __init__(self, settings: Mapping[str, Any], labels: frozenset[str]) -> None:
        super().__init__(settings, labels)
        text = settings.get("entries") or ""
        if not isinstance(text, str):
            raise SettingsError({"entries": "The names are a text, one a line."})
        entries, problems = parse_entries(text, labels)
        if problems:
            shown = " ".join(problems[:5])
            more = f" And {len(problems) - 5} more." if len(problems) > 5 else ""
            raise SettingsError({"entries": shown + more})
        self.ignore_case = bool(settings.get("ignore_case", False))
        self._names = self._automaton(entries)

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            yield self._find(article.text) if len(self._names) else []

    def _automaton(self, entries: Iterable[Entry]) -> Any:
        names = ahocorasick.Automaton()
        for surface, label in entries:
            key = self._searched(surface)
            known = names.get(key, (len(key), ()))[1]
            names.add_word(key, (len(key), (*known, label)))
        if len(names):
            names.make_automaton()
        return names

    def _searched(self, text: str) -> str:
        """The text as it is compared: every character in its place."""
        for odd, plain in _ALIKE:
            text = text.replace(odd, plain)
        return lower_by_letter(text) if self.ignore_case else text

    def _find(self, text: str) -> list[Suggestion]:
        """The longest names; a name within a longer one is not offered."""
        hits = [
            (last + 1 - length, last + 1, labels)
            for last, (length, labels) in self._names.iter(self._searched(text))
            if is_whole(text, last + 1 - length, last + 1)
        ]
        found, reached = list[Suggestion](), 0
        for start, end, labels in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if start >= reached:
                found += [Suggestion(start, end, label, CONFIDENCE) for label in labels]
                reached = end
        return found


def parse_entries(text: str, labels: frozenset[str]) -> tuple[list[Entry], list[str]]:
    """The names with their labels, and a sentence with the line number for each line that cannot be used."""
    entries: dict[Entry, int] = {}
    problems: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        surface, label = _split(line)
        if not surface or not label:
            problems.append(f"Line {number}: write the name, a tab and its label.")
        elif label not in labels:
            problems.append(f"Line {number}: there is no label {label!r:.40} in the schema.")
        else:
            entries.setdefault((surface, label), number)
    if len(entries) > MAX_ENTRIES:
        problems.append(f"There are {len(entries):,} names; at most {MAX_ENTRIES:,} are taken.")
    return list(entries), problems


def lower_by_letter(text: str) -> str:
    """Lower case that keeps every character in its place: where it is longer (İ), its first letter."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower()[0] for letter in text)
    return lowered.translate(_SAME)


def _split(line: str) -> Entry:
    quoted = _QUOTED.fullmatch(line.strip())
    if quoted:
        return quoted["name"].replace('""', '"').strip(), quoted["label"].strip()
    for delimiter in _DELIMITERS:
        surface, found, label = line.rpartition(delimiter)
        if found:
            return surface.strip(), label.strip().strip('"')
    return line.strip(), ""


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins and ends where words do."""
    return _is_border(text, start) and _is_border(text, end)


def _is_border(text: str, at: int) -> bool:
    if at == 0 or at == len(text):
        return True
    before, after = text[at - 1], text[at]
    if not (_SPACED.match(before) and _SPACED.match(after)):
        return True
    return bool(_UNSPACED.match(before) or _UNSPACED.match(after))
