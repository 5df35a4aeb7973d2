"""Names from a list, found in one pass over the text (Aho and Corasick, 1975), at word borders only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import ahocorasick
import regex

from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Setting, SettingsError
from articles.engines.lists import Hit, ListEngine, Reading, Remark, is_entry, list_lines

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


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with its label. `line` counts from 1."""

    surface: str
    label: str
    line: int


class GazetteerEngine(ListEngine):
    name: ClassVar[str] = "gazetteer"
    title: ClassVar[str] = "Gazetteer"
    description: ClassVar[str] = "Finds the names of a list of yours, wherever they stand as whole words."
    list_setting: ClassVar[str] = "entries"
    entry: ClassVar[tuple[str, str]] = ("name", "names")
    holds_names: ClassVar[bool] = True
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
        entries, remarks = parse_entries(_text(settings), labels)
        self.refuse(remarks)
        self.ignore_case = bool(settings.get("ignore_case", False))
        self._names = self._automaton(entries)

    @classmethod
    def check(cls, settings: Mapping[str, Any], labels: frozenset[str]) -> list[Remark]:
        entries, remarks = parse_entries(_text(settings), labels)
        return sorted([*remarks, *_conflicts(entries)], key=lambda remark: remark.line)

    @classmethod
    def label_at(cls, line: str) -> tuple[int, int] | None:
        label = _split(line.rstrip())[1]
        start = line.rfind(label)
        return (start, start + len(label)) if label else None

    def read(self, articles: Sequence[ArticleText], seconds: float | None = None) -> Reading:
        return Reading(
            [[Hit(one, (line,)) for one, line in self._find(article.text)] for article in articles]
        )

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        for article in articles:
            yield [one for one, _ in self._find(article.text)]

    def _automaton(self, entries: Iterable[Entry]) -> Any:
        """Each name with its length and what it stands for: pairs of a label and a line."""
        names = ahocorasick.Automaton()
        for entry in entries:
            key = self._searched(entry.surface)
            known = names.get(key, (len(key), ()))[1]
            names.add_word(key, (len(key), (*known, (entry.label, entry.line))))
        if len(names):
            names.make_automaton()
        return names

    def _searched(self, text: str) -> str:
        """The text as it is compared: every character in its place."""
        for odd, plain in _ALIKE:
            text = text.replace(odd, plain)
        return lower_by_letter(text) if self.ignore_case else text

    def _find(self, text: str) -> list[tuple[Suggestion, int]]:
        """The longest names, with their lines; a name within a longer one is not offered."""
        if not len(self._names):
            return []
        hits = [
            (last + 1 - length, last + 1, meanings)
            for last, (length, meanings) in self._names.iter(self._searched(text))
            if is_whole(text, last + 1 - length, last + 1)
        ]
        found, reached = list[tuple[Suggestion, int]](), 0
        for start, end, meanings in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if start >= reached:
                reached = end
                for label, line in meanings:
                    found.append((Suggestion(start, end, label, CONFIDENCE), line))
        return found


def parse_entries(text: str, labels: frozenset[str]) -> tuple[list[Entry], list[Remark]]:
    """The names with their labels, and what is wrong or odd with lines."""
    entries: dict[tuple[str, str], Entry] = {}
    remarks: list[Remark] = []
    for number, line in enumerate(list_lines(text), 1):
        if not is_entry(line):
            continue
        surface, label = _split(line)
        if not surface or not label:
            remarks.append(Remark(number, "Write the name, a tab and its label."))
        elif label not in labels:
            remarks.append(Remark(number, f"There is no label {label!r:.40} in the schema."))
        elif (surface, label) in entries:
            first = entries[surface, label].line
            remarks.append(Remark(number, f"This is the same as line {first}.", fatal=False))
        else:
            entries[surface, label] = Entry(surface, label, number)
    if len(entries) > MAX_ENTRIES:
        first_too_many = list(entries.values())[MAX_ENTRIES]
        remarks.append(Remark(first_too_many.line, f"At most {MAX_ENTRIES:,} names are taken."))
    return list(entries.values()), remarks


def _conflicts(entries: Iterable[Entry]) -> list[Remark]:
    """A name with two labels is offered with both, which is meant seldom."""
    first: dict[str, Entry] = {}
    remarks = []
    for entry in entries:
        other = first.setdefault(entry.surface, entry)
        if other is not entry:
            reason = f"Line {other.line} says {other.label} of the same name. Both are suggested."
            remarks.append(Remark(entry.line, reason, fatal=False))
    return remarks


def _text(settings: Mapping[str, Any]) -> str:
    text = settings.get("entries") or ""
    if not isinstance(text, str):
        raise SettingsError({"entries": "The names are a text, one a line."})
    return text


def lower_by_letter(text: str) -> str:
    """Lower case that keeps every character in its place: where it is longer (İ), its first letter."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower()[0] for letter in text)
    return lowered.translate(_SAME)


def _split(line: str) -> tuple[str, str]:
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
    return at == 0 or at == len(text) or _part_words(text[at - 1], text[at])


@lru_cache(maxsize=16_384)
def _part_words(before: str, after: str) -> bool:
    """Whether a word may end between these two characters. Texts have few such pairs, and each many times."""
    if not (_SPACED.match(before) and _SPACED.match(after)):
        return True
    return bool(_UNSPACED.match(before) or _UNSPACED.match(after))
