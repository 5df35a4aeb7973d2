"""A plan in sentences for people."""

from __future__ import annotations

from articles.domain.schema_changes.plan import NOUNS, Step


def step_in_words(step: Step) -> str:
    """Such as "The labels COMPANY and FIRM become ORG."."""
    noun = NOUNS[step.kind] if len(step.names) < 2 else f"{NOUNS[step.kind]}s"
    names = _listed(step.names)
    of = f" of {step.attribute}" if step.kind == "option" else ""
    match step.do:
        case "rename":
            return f"The {noun} {names}{of} is renamed to {step.to}."
        case "merge":
            names = _listed(tuple(name for name in step.names if name != step.to))
            return f"The {noun} {names}{of} become{'s' if ' and ' not in names else ''} {step.to}."
        case "split":
            return f"The {noun} {names} is split: {_rules_in_words(step)}."
        case "delete":
            return f"The {noun} {names}{of} {_is(step)} deleted, with all that carries {_it(step)}."
        case "retire":
            return f"The {noun} {names} {_is(step)} retired: spans stay, new ones cannot be made."
        case "require":
            return f"The {noun} {names} is required."
        case _:
            return f"The {NOUNS[step.kind]} {step.to}{of} is added."


def _rules_in_words(step: Step) -> str:
    parts = []
    for rule in step.rules:
        if rule.surfaces:
            more = f" and {len(rule.surfaces) - 3:,} more" if len(rule.surfaces) > 3 else ""
            parts.append(f"{', '.join(f'“{one}”' for one in rule.surfaces[:3])}{more} become {rule.to}")
        if rule.attribute:
            value = rule.value if isinstance(rule.value, str) else "yes" if rule.value else "no"
            parts.append(f"with {rule.attribute} {value} it becomes {rule.to}")
    rest = f"the rest {'stays' if step.to in step.names else 'becomes'} {step.to}"
    return "; ".join([*parts, rest + (" until somebody has decided, one by one" if step.by_hand else "")])


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _is(step: Step) -> str:
    return "is" if len(step.names) < 2 else "are"


def _it(step: Step) -> str:
    return "it" if len(step.names) < 2 else "them"
