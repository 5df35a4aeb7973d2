"""Pages run from right to left where their language does: style sheets say start and end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"(?<![\w-])([a-z-]+)\s*:\s*([^;{}]+)[;}]")
SIDED_NAME = re.compile(r"\b(left|right)\b")
SIDED_VALUE = {"text-align", "float", "clear", "caption-side", "background-position", "object-position"}
AROUND = {"margin", "padding", "inset", "border-width", "scroll-margin", "scroll-padding"}
# A value is a word, or a function with all that is between its brackets.
VALUE = re.compile(r"[^\s(]*\((?:[^()]|\([^()]*\))*\)|\S+")


def _four(value: str) -> list[str]:
    """The values of all four sides, or corners, of which a declaration may name fewer."""
    values = VALUE.findall(value)
    for missing in range(len(values), 4):
        values.append(values[max(0, missing - 2)])
    return values


def _is_sided(name: str, value: str) -> bool:
    """Whether a declaration means the left or the right of a page in every language."""
    if name in AROUND:
        _top, right, _bottom, left = _four(value)
        return right != left
    if name == "border-radius":
        top_left, top_right, bottom_right, bottom_left = _four(value)
        return top_left != top_right or bottom_left != bottom_right
    return bool(SIDED_NAME.search(name)) or (name in SIDED_VALUE and bool(SIDED_NAME.search(value)))


def sided(sheet: str) -> list[str]:
    bare = COMMENT.sub("", sheet)
    return [f"{name}: {value.strip()}" for name, value in DECLARATION.findall(bare) if _is_sided(name, value)]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: str(path.relative_to(CSS)))
def test_style_sheets_say_start_and_end(path: Path) -> None:
    assert sided(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "declaration",
    [
        "left: 0",
        "margin-left: 1px",
        "border-top-right-radius: 2px",
        "text-align: right",
        "padding: 1px 2px 3px calc(1px + var(--s-2))",
        "border-radius: 0 4px 4px 0",
    ],
)
def test_left_and_right_are_found(declaration: str) -> None:
    assert sided(f"p {{ color: red; {declaration} }}") == [declaration]


def test_what_is_the_same_on_both_sides_is_no_matter() -> None:
    assert (
        sided("p { margin: 1px 2px 3px; inset: auto 8px 0; border-radius: 3px 3px 0 0; text-align: end }")
        == []
    )
