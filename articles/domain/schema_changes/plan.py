"""A plan to change a label schema together with everything that is labelled: its steps, read from untrusted
JSON.

All steps happen at once: each gives existing names and what becomes of them. No step's target is a name that
another step changes, so carrying a plan out twice gives the same as once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MAX_STEPS = 50
MAX_NAMES = 200
MAX_RULES = 100
MAX_SURFACES = 5_000
MAX_SURFACE = 300  # characters

# What can be done to each kind of thing.
DEEDS: Mapping[str, tuple[str, ...]] = {
    "label": ("rename", "merge", "split", "delete", "retire", "add"),
    "relation": ("rename", "merge", "delete", "add"),
    "attribute": ("rename", "merge", "delete", "require", "add"),
    "option": ("rename", "merge", "delete", "add"),
    "article_label": ("rename", "merge", "delete", "add"),
}
NOUNS: Mapping[str, str] = {
    "label": "label",
    "relation": "relation type",
    "attribute": "attribute",
    "option": "option",
    "article_label": "article label",
}
_NEED_TARGET = frozenset({"rename", "merge", "split", "add"})


class PlanError(ValueError):
    """This is not a plan, or it does not fit the schema. `problems` has a sentence for each thing to
    correct."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Rule:
    """Which spans of a split label become `to`: those with one of these words (capitals and spaces do not
    count), or those whose attribute has this value."""

    to: str
    surfaces: tuple[str, ...] = ()
    attribute: str = ""
    value: str | bool = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to `names` of a kind. `to` is what they become, or what is added.

    For an option, `attribute` is its attribute. `rules` and `by_hand` are for splits: spans to which no rule
    applies become `to`, and with `by_hand` people are asked about each of them. `definition` has the other
    properties of what is added, as in a label schema.
    """

    do: str
    kind: str
    names: tuple[str, ...] = ()
    to: str = ""
    attribute: str = ""
    rules: tuple[Rule, ...] = ()
    by_hand: bool = False
    definition: Mapping[str, Any] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[str, ...]:
        """The names that something becomes, each once."""
        return tuple(dict.fromkeys(name for name in (self.to, *(rule.to for rule in self.rules)) if name))

    def to_json(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value not in ("", (), {}, False)}


@dataclass(frozen=True, slots=True)
class Plan:
    steps: tuple[Step, ...]

    def of(self, kind: str, *deeds: str) -> list[Step]:
        """The steps that do one of these `deeds` to that kind; without `deeds`, all steps of that kind."""
        return [one for one in self.steps if one.kind == kind and (not deeds or one.do in deeds)]

    def to_json(self) -> dict[str, Any]:
        return {"steps": [one.to_json() for one in self.steps]}


def parse_plan(data: object) -> Plan:
    """Read `{"steps": [{"do": ..., "kind": ..., "names": [...], "to": ...}]}`. Raises PlanError with every
    problem; whether the plan fits a schema is for `rewriting` to say."""
    rows = data.get("steps") if isinstance(data, Mapping) else None
    if not isinstance(rows, list | tuple):
        raise PlanError(['A plan is an object with "steps": a list of what is to be done.'])
    if len(rows) > MAX_STEPS:
        raise PlanError([f"A plan has at most {MAX_STEPS} steps, not {len(rows)}."])
    problems: list[str] = []
    steps = [_Reader(row, number, problems).step() for number, row in enumerate(rows, start=1)]
    if problems:
        raise PlanError(problems)
    return Plan(tuple(steps))


class _Reader:
    """Reads one step, and notes what is wrong with it."""

    def __init__(self, row: object, number: int, problems: list[str]) -> None:
        self._number, self._problems = number, problems
        self._row: Mapping[str, Any] = row if isinstance(row, Mapping) else {}

    def step(self) -> Step:
        do, kind = self._text("do"), self._text("kind")
        if do not in DEEDS.get(kind, ()):
            self._say(f"there is nothing like {do!r:.40} for a {NOUNS.get(kind, 'thing')}.")
        step = Step(
            do=do,
            kind=kind,
            names=self._texts("names", MAX_NAMES),
            to=self._text("to"),
            attribute=self._text("attribute") if kind == "option" else "",
            rules=self._rules() if do == "split" else (),
            by_hand=do == "split" and self._row.get("by_hand") is True,
            definition=self._definition() if do == "add" else {},
        )
        self._check(step)
        return step

    def _check(self, step: Step) -> None:
        if step.do != "add" and not step.names:
            self._say("say what it is done to.")
        if step.do in ("rename", "split", "require") and len(step.names) > 1:
            self._say(f"{step.do} one at a time.")
        if step.do in _NEED_TARGET and not step.to:
            self._say("say what comes of it.")
        if step.do == "rename" and step.names == (step.to,):
            self._say(f"{step.to} is called so already.")
        if step.kind == "option" and not step.attribute:
            self._say("say whose option it is.")
        if step.do == "split" and not step.rules and not step.by_hand:
            self._say("say by which words or attribute, or that it is done by hand.")

    def _rules(self) -> tuple[Rule, ...]:
        rows = self._row.get("rules", [])
        if not isinstance(rows, list | tuple) or len(rows) > MAX_RULES:
            self._say(f'"rules" is a list of at most {MAX_RULES}.')
            return ()
        return tuple(rule for row in rows if (rule := self._rule(row)))

    def _rule(self, row: object) -> Rule | None:
        reader = _Reader(row, self._number, self._problems)
        value = reader._row.get("value", "")
        rule = Rule(
            to=reader._text("to"),
            surfaces=reader._texts("surfaces", MAX_SURFACES, MAX_SURFACE),
            attribute=reader._text("attribute"),
            value=value if isinstance(value, str | bool) else "",
        )
        if rule.to and (rule.surfaces or rule.attribute):
            return rule
        self._say('a rule has "to", and "surfaces" or an "attribute" with its "value".')
        return None

    def _definition(self) -> Mapping[str, Any]:
        value = self._row.get("definition", {})
        if isinstance(value, Mapping):
            return dict(value)
        self._say('"definition" is an object.')
        return {}

    def _text(self, key: str) -> str:
        value = self._row.get(key, "")
        if isinstance(value, str) and len(value) <= MAX_SURFACE:
            return value.strip()
        self._say(f'"{key}" is a short text.')
        return ""

    def _texts(self, key: str, most: int, longest: int = MAX_SURFACE) -> tuple[str, ...]:
        values = self._row.get(key, [])
        if not isinstance(values, list | tuple) or len(values) > most:
            self._say(f'"{key}" is a list of at most {most:,}.')
            return ()
        texts = [value.strip() for value in values if isinstance(value, str) and len(value) <= longest]
        if len(texts) < len(values):
            self._say(f'"{key}" is a list of texts of at most {longest} characters.')
        return tuple(dict.fromkeys(text for text in texts if text))

    def _say(self, what: str) -> None:
        self._problems.append(f"Step {self._number}: {what}")
