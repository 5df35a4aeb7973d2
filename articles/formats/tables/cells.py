"""The columns of a table of spans, and cells that no spreadsheet takes for formulas."""

from __future__ import annotations

import re

ARTICLE = ("article_id", "external_id")
SPAN = ("layer", "id", "start", "end", "label", "text", "fragments", "confidence")
TEXTS = ("article_text", "article_metadata", "article_labels")
ATTRIBUTES = "attributes"

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]|''")
_GUARDED = re.compile(r"'['=+\-@\t\r]")


def guarded(cell: str) -> str:
    """The cell as a spreadsheet shows it and does not run it."""
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
