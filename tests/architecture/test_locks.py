"""A locked row may still be referred to: whoever adds rows that belong to it need not wait."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What is removed for good must not be referred to any more.
REMOVES = {"articles/services/projects/purging.py"}


def locks_that_shut_out(path: Path) -> list[int]:
    """The lines with a FOR UPDATE instead of a FOR NO KEY UPDATE: every insert of a row that refers to the
    locked one, by anybody, would wait for the end of the transaction."""
    calls = [one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.Call)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "select_for_update"
        and "no_key" not in [word.arg for word in call.keywords]
    ]


def test_a_lock_keeps_nobody_from_adding_what_belongs_to_the_row() -> None:
    sources = [path for app in ("annotator", "articles") for path in (ROOT / app).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in sources if locks_that_shut_out(path)}
    assert found == REMOVES, (
        "Lock with select_for_update(no_key=True), unless the row is about to be removed."
    )
