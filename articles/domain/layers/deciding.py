"""Decisions on what readers disagree on, as edits of a gold layer: which are taken, and which come too late.

What a decision changes in the layer are edits of their own, sent after it as parts of it. So of two reviewers
who settle one disagreement at the same time, the second changes nothing until they have seen what the first
made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from articles.domain.layers.edits import EditRefused, EditRequest

# How a disagreement can be settled by a person; `open` takes a decision back.
CHOICES = ("reading", "engine", "nobody", "own", "open")
OPEN = "open"
MAX_REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that stands: the edit that made it, what was chosen, and the name of whoever chose."""

    edit: UUID
    choice: str
    reader: str = ""
    by: str = ""

    @property
    def choice_and_reader(self) -> tuple[str, str]:
        return self.choice, self.reader


@dataclass
class Deciding:
    """What can be decided on in a layer, and what has been. `questions` are the keys of the disagreements,
    `readers` the letters of those who disagree, `made` the newest decision on each question."""

    questions: frozenset[str] = frozenset()
    readers: str = ""
    made: dict[str, Made] = field(default_factory=dict)

    def apply(self, edit: EditRequest) -> None:
        """Take a decision, or let pass what belongs to one that stands. Raises EditRefused.

        A decision says under `instead_of` what its author saw decided, `{"choice", "reader"}` or None for
        nothing; without that key the last word counts.
        """
        if edit.op == "decide":
            self._decide(edit)
        elif edit.part_of and all(one.edit != edit.part_of for one in self.made.values()):
            raise EditRefused("The decision that this belongs to was not taken.")

    def _decide(self, edit: EditRequest) -> None:
        item, choice, reader = _read(edit.data)
        if item not in self.questions:
            raise EditRefused("There is no such disagreement any more. Load the page again.")
        if (choice == "reading") != (len(reader) == 1 and reader in self.readers):
            raise EditRefused("Name the reader whose reading is taken, by letter, and only then.")
        if "instead_of" in edit.data:
            self._require_seen(item, edit.data["instead_of"])
        self.made[item] = Made(edit.id, choice, reader)

    def _require_seen(self, item: str, seen: object) -> None:
        made = self.made.get(item)
        now = made.choice_and_reader if made and made.choice != OPEN else None
        if now == _choice_and_reader(seen):
            return
        if made and made.by:
            raise EditRefused(
                f"{made.by} has settled this meanwhile. Settle it again if you see it otherwise."
            )
        raise EditRefused("This has been settled meanwhile. Settle it again if you see it otherwise.")


def _read(data: Mapping[str, Any]) -> tuple[str, str, str]:
    """Item, choice and reader, each of the right kind. Raises EditRefused."""
    item, choice = data.get("item"), data.get("choice")
    reader, reason = data.get("reader") or "", data.get("reason") or ""
    if not isinstance(item, str):
        raise EditRefused("A decision names its item.")
    if choice not in CHOICES:
        raise EditRefused(f"A decision is one of {', '.join(CHOICES)}.")
    if not isinstance(reader, str):
        raise EditRefused("Name the reader whose reading is taken, by letter, and only then.")
    if not isinstance(reason, str) or len(reason) > MAX_REASON_LENGTH or "\0" in reason:
        raise EditRefused(f"A reason is a text of at most {MAX_REASON_LENGTH} characters.")
    return item, choice, reader


def _choice_and_reader(seen: object) -> tuple[str, str] | None:
    if seen is None:
        return None
    if not isinstance(seen, Mapping):
        raise EditRefused('"instead_of" is an object with choice and reader, or null.')
    return str(seen.get("choice", "")), str(seen.get("reader") or "")
