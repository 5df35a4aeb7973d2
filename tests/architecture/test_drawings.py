"""Drawings in templates are the same in every language."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
AS_IT_IS = re.compile(r"{% localize off %}.*?{% endlocalize %}", re.DOTALL)
TAG = re.compile(r"<(?:rect|circle|line|text|polyline|polygon|path)\b[^>]*>")
NEUTRAL = re.compile(r"\|(?:stringformat:|unlocalize)")
LENGTH = re.compile(r"""\s(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height)="{{ ([^}]*) }}\"""")


def test_lengths_keep_their_decimal_point() -> None:
    """Half of one is 0,5 in Russian, which is no length in SVG: the bar would not be drawn."""
    localized = [
        f"{path.relative_to(TEMPLATES)}: {value}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for tag in TAG.findall(AS_IT_IS.sub("", path.read_text(encoding="utf-8")))
        for value in LENGTH.findall(tag)
        if not NEUTRAL.search(value)
    ]
    assert localized == []
