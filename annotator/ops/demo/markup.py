"""Articles with their gold written into the text: `⟦ORG|University of ⟦GPE|Leeds⟧⟧`."""

from __future__ import annotations

from dataclasses import dataclass

OPEN, CLOSE, BAR = "⟦", "⟧", "|"


class MarkupError(ValueError):
    """Markup that cannot be read; the text names the line."""


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """`[start, end)` in code points of the plain text."""

    start: int
    end: int
    label: str


def parse_markup(source: str) -> tuple[str, list[MarkedSpan]]:
    """The plain text and its spans in reading order, the longest first. Raises MarkupError."""
    pieces: list[str] = []
    length = position = 0
    open_spans: list[tuple[int, str]] = []
    spans: list[MarkedSpan] = []
    while position < len(source):
        character = source[position]
        if character == OPEN:
            label, bar, _ = source[position + 1 : position + 40].partition(BAR)
            if not bar or not label.isupper():
                raise _error(source, position, "a label and | after ⟦")
            open_spans.append((length, label))
            position += len(label) + 2
            continue
        if character == CLOSE:
            if not open_spans:
                raise _error(source, position, "a ⟦ before ⟧")
            start, label = open_spans.pop()
            if start == length:
                raise _error(source, position, "text between ⟦ and ⟧")
            spans.append(MarkedSpan(start, length, label))
        else:
            pieces.append(character)
            length += 1
        position += 1
    if open_spans:
        raise _error(source, len(source), "a ⟧ for every ⟦")
    return "".join(pieces), sorted(spans, key=lambda span: (span.start, -span.end, span.label))


def _error(source: str, position: int, wanted: str) -> MarkupError:
    line = source.count("\n", 0, position) + 1
    return MarkupError(f"Line {line}: there must be {wanted}.")
