"""What happens to names of a label schema, and to the spans and relations that have these names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from articles.domain.schema_changes.plan import Plan, Rule
from articles.domain.spans import Span

Renaming = Mapping[str, str | None]


@dataclass(frozen=True)
class Fate:
    """What a label becomes: the target of the first rule that applies, or else `to`. None: it is removed,
    with its spans."""

    to: str | None
    rules: tuple[Rule, ...] = ()

    def of(self, surface: str, attributes: Mapping[str, Any]) -> str | None:
        rule = self.rule_for(surface, attributes)
        return rule.to if rule else self.to

    def rule_for(self, surface: str, attributes: Mapping[str, Any]) -> Rule | None:
        """The first rule that fits."""
        words = same_words(surface) if self.rules else ""
        for rule, of_rule in self._words:
            if words in of_rule or (rule.attribute and attributes.get(rule.attribute) == rule.value):
                return rule
        return None

    @cached_property
    def _words(self) -> list[tuple[Rule, frozenset[str]]]:
        return [(rule, frozenset(map(same_words, rule.surfaces))) for rule in self.rules]


@dataclass(frozen=True)
class SchemaMapping:
    """Old names and what becomes of them; None is removed. Names that are not listed stay as they are.

    `options` has, for each attribute by its old name, the old options.
    """

    labels: Mapping[str, Fate] = field(default_factory=dict)
    relations: Renaming = field(default_factory=dict)
    attributes: Renaming = field(default_factory=dict)
    options: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    article_labels: Renaming = field(default_factory=dict)

    @property
    def touched_attributes(self) -> set[str]:
        """The attributes, by their old names, whose values on spans may change."""
        return {*self.attributes, *(attribute for attribute, _ in self.options)}

    def label(self, name: str, surface: str = "", attributes: Mapping[str, Any] | None = None) -> str | None:
        """The new label of a span with this label, these words and these attributes."""
        fate = self.labels.get(name)
        return fate.of(surface, attributes or {}) if fate else name

    def span_attributes(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """Where two attributes become one, the value of the one that keeps its name is kept."""
        moved, kept = dict[str, Any](), dict[str, Any]()
        for name, value in attributes.items():
            new = self.attributes.get(name, name)
            option = self.options.get((name, value), value) if isinstance(value, str) else value
            if new is not None and option is not None:
                (kept if new == name else moved).setdefault(new, option)
        return {**moved, **kept}

    def span(self, span: Span, text: str) -> Span | None:
        """The span as it is afterwards, or None when it goes."""
        fate = self.labels.get(span.label)
        surface = span.surface(text) if fate and fate.rules else ""
        label = fate.of(surface, span.attributes) if fate else span.label
        if label is None:
            return None
        attributes = self.span_attributes(span.attributes) if span.attributes else span.attributes
        return (
            span
            if (label, attributes) == (span.label, span.attributes)
            else replace(span, label=label, attributes=attributes)
        )

    def is_decided(self, span: Span, text: str) -> bool:
        """Whether a rule says what the span becomes."""
        fate = self.labels.get(span.label)
        return fate is not None and fate.rule_for(span.surface(text), span.attributes) is not None

    def article_names(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(new for name in names if (new := self.article_labels.get(name, name)) is not None)


def mapping_of(plan: Plan) -> SchemaMapping:
    """What the plan does to names. What it adds or retires changes nothing that exists."""
    return SchemaMapping(
        labels={name: Fate(to, rules) for name, to, rules in _fates(plan)},
        relations=_renaming(plan, "relation"),
        attributes=_renaming(plan, "attribute"),
        options={
            (step.attribute, name): step.to or None
            for step in plan.of("option", "rename", "merge", "delete")
            for name in step.names
            if name != step.to
        },
        article_labels=_renaming(plan, "article_label"),
    )


def label_images(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """For each changed label the labels that it becomes; none for one that is removed."""
    steps = plan.of("label", "rename", "merge", "split", "delete")
    return {name: step.targets for step in steps for name in step.names}


def images_of(names: Iterable[str], images: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A list of labels after the change, each once."""
    return tuple(dict.fromkeys(new for name in names for new in images.get(name, (name,))))


def same_words(words: str) -> str:
    """Words as a rule compares them."""
    return " ".join(words.split()).casefold()


def _fates(plan: Plan) -> Iterable[tuple[str, str | None, tuple[Rule, ...]]]:
    for step in plan.of("label", "rename", "merge", "split", "delete"):
        for name in step.names:
            if name != step.to or step.rules:
                yield name, step.to or None, step.rules


def _renaming(plan: Plan, kind: str) -> Renaming:
    steps = plan.of(kind, "rename", "merge", "delete")
    return {name: step.to or None for step in steps for name in step.names if name != step.to}
