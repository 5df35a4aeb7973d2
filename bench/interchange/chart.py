"""Small multiples as SVG: one panel a figure, the number of articles along the bottom, both on log scales."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

PANELS = (
    ("Import", "s", ("import_seconds",)),
    ("Export, JSON Lines", "s", ("export_seconds", "export_first_byte_seconds")),
    (
        "List and search, p50",
        "ms",
        ("list_first_ms", "list_late_ms", "search_rare_ms", "search_two_words_ms"),
    ),
    ("Memory of the largest process", "MB", ("import_web_mb", "import_worker_mb", "export_web_mb")),
)
NAMES = {
    "import_seconds": "upload to all listed",
    "export_seconds": "request to last byte",
    "export_first_byte_seconds": "to first byte",
    "list_first_ms": "first page",
    "list_late_ms": "late page",
    "search_rare_ms": "rare word",
    "search_two_words_ms": "two words",
    "import_web_mb": "web, importing",
    "import_worker_mb": "worker, importing",
    "export_web_mb": "web, exporting",
}
INKS = ("#2f62b5", "#b5482f", "#3d8b4f", "#8a5cc0")
WIDTH, HEIGHT, LEFT, TOP, BOTTOM, GAP = 330, 210, 46, 30, 28, 24

Row = Mapping[str, float]


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write the chart. Rows are the columns of the table, one a number of articles."""
    width, height = 2 * (WIDTH + GAP), 2 * (HEIGHT + GAP)
    panels = "".join(_panel(rows, number, *panel) for number, panel in enumerate(PANELS))
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="11" fill="#333"><rect width="{width}" height="{height}" fill="#fff"/>{panels}</svg>\n',
        encoding="utf-8",
    )


def _panel(rows: Sequence[Row], number: int, title: str, unit: str, columns: Sequence[str]) -> str:
    across, down = number % 2 * (WIDTH + GAP), number // 2 * (HEIGHT + GAP)
    values = [row[column] for row in rows for column in columns]
    low, high = 10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values)) + 1e-9)
    sizes = [row["articles"] for row in rows]

    def x(articles: float) -> float:
        return LEFT + (WIDTH - LEFT - 110) * _share(articles, min(sizes), max(sizes))

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - _share(value, low, high))

    steps = range(round(math.log10(low)), round(math.log10(high)) + 1)
    grid = "".join(_grid(y(10.0**step), f"{10.0**step:g}") for step in steps)
    marks = "".join(
        f'<text x="{x(size):.0f}" y="{HEIGHT - 8}" text-anchor="middle">{size:,.0f}</text>' for size in sizes
    )
    lines = "".join(
        _line([(x(row["articles"]), y(row[column])) for row in rows], NAMES[column], INKS[place], place)
        for place, column in enumerate(columns)
    )
    head = f'<text x="0" y="14" font-size="13" font-weight="600">{title}, {unit}</text>'
    return f'<g transform="translate({across + 8} {down + 8})">{head}{grid}{marks}{lines}</g>'


def _share(value: float, low: float, high: float) -> float:
    return math.log(value / low) / math.log(high / low) if high > low else 0.5


def _grid(y: float, words: str) -> str:
    line = f'<line x1="{LEFT}" x2="{WIDTH - 110}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
    return f'{line}<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{words}</text>'


def _line(points: Sequence[tuple[float, float]], name: str, ink: str, place: int) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>' for x, y in points)
    legend = f'<text x="{WIDTH - 96}" y="{TOP + 12 + place * 18}" fill="{ink}">{name}</text>'
    return f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2"/>{dots}{legend}'
