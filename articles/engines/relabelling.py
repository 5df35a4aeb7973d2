"""What an engine is set to, in the names of a label schema that has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles.engines.base import Engine
from articles.engines.lists import ListEngine, is_entry

# Labels by their old names; None is one that was deleted.
Renaming = Mapping[str, str | None]


def relabelled(
    kind: type[Engine], settings: Mapping[str, Any], renaming: Renaming
) -> tuple[dict[str, Any], int]:
    """The settings with today's labels, and how many lines of a list or rows of a table were changed.

    A line of a list whose label was deleted becomes a note, so that nothing that somebody wrote is lost.
    """
    changed, count = dict(settings), 0
    if issubclass(kind, ListEngine):
        text = settings.get(kind.list_setting)
        if isinstance(text, str):
            changed[kind.list_setting], count = _relabelled_list(kind, text, renaming)
    for setting in kind.settings_form:
        table = settings.get(setting.name)
        if setting.type == "labels" and isinstance(table, Mapping):
            changed[setting.name] = {theirs: _in_table(ours, renaming) for theirs, ours in table.items()}
            count += sum(changed[setting.name][theirs] != ours for theirs, ours in table.items())
    return changed, count


def _in_table(label: Any, renaming: Renaming) -> Any:
    """Empty leaves out."""
    return renaming.get(label, label) or "" if isinstance(label, str) else label


def _relabelled_list(kind: type[ListEngine], text: str, renaming: Renaming) -> tuple[str, int]:
    lines, count = text.splitlines(keepends=True), 0
    for number, line in enumerate(lines):
        found = kind.label_at(line) if is_entry(line) else None
        label = line[slice(*found)] if found else ""
        if found and label in renaming:
            new, count = renaming[label], count + 1
            start, end = found
            lines[number] = f"{line[:start]}{new}{line[end:]}" if new else f"# {line}"
    return "".join(lines), count
