"""Rules as they are written: one a line."""

from __future__ import annotations

from dataclasses import dataclass

from articles.engines.lists import Remark, is_entry, list_lines

CONFIDENCE = 0.9
MAX_RULES = 1_000
MAX_PATTERN = 1_000  # characters
_ARROW = " => "


@dataclass(frozen=True, slots=True)
class Rule:
    """`line` counts from 1; `confidence` is in (0, 1]."""

    line: int
    pattern: str
    label: str
    confidence: float = CONFIDENCE


def parse_rules(text: str, labels: frozenset[str]) -> tuple[list[Rule], list[Remark]]:
    """The rules, and what is wrong or odd with lines. Whether a pattern is one is for `apart` to say."""
    rules: list[Rule] = []
    remarks: list[Remark] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(list_lines(text), 1):
        if not is_entry(line):
            continue
        rule = _parsed(number, line, labels)
        if isinstance(rule, Rule) and len(rules) == MAX_RULES:
            rule = Remark(number, f"At most {MAX_RULES:,} rules are taken.")
        if isinstance(rule, Remark):
            remarks.append(rule)
            continue
        first = seen.setdefault((rule.pattern, rule.label), number)
        if first != number:
            remarks.append(Remark(number, f"This is the same as line {first}.", fatal=False))
            continue
        rules.append(rule)
    return rules, remarks


def _parsed(number: int, line: str, labels: frozenset[str]) -> Rule | Remark:
    pattern, label, confidence = _cells(line)
    if not pattern or not label:
        return Remark(number, "Write the pattern, a tab (or =>) and its label.")
    if len(pattern) > MAX_PATTERN:
        return Remark(number, f"The pattern is longer than {MAX_PATTERN:,} characters.")
    if label not in labels:
        return Remark(number, f"There is no label {label!r:.40} in the schema.")
    try:
        sure = float(confidence) if confidence else CONFIDENCE
    except ValueError:
        sure = 0
    if not 0 < sure <= 1:
        return Remark(number, f"The confidence is a number up to 1, not {confidence!r:.40}.")
    return Rule(number, pattern, label, sure)


def label_at(line: str) -> tuple[int, int] | None:
    """Where the label stands, as `[start, end)`; None in a line without."""
    pattern, label, _ = _cells(line)
    start = line.find(label, len(pattern))
    return (start, start + len(label)) if label else None


def _cells(line: str) -> tuple[str, str, str]:
    """Pattern, label and confidence. The pattern keeps its spaces; it may hold `=>`, but no tab."""
    if "\t" in line:
        pattern, label, confidence = (*line.split("\t", 2), "", "")[:3]
        return pattern, label.strip(), confidence.strip()
    pattern, _, rest = line.rpartition(_ARROW)
    label, _, confidence = rest.strip().partition(" ")
    return pattern, label, confidence.strip()
