"""Why a plan does not fit a label schema."""

from __future__ import annotations

from collections import Counter

from annotator.schemas.definition import Definition, is_name
from articles.domain.schema_changes.mapping import images_of, label_images, mapping_of
from articles.domain.schema_changes.plan import NOUNS, Plan, Step

LISTS = {
    "label": "labels",
    "relation": "relations",
    "attribute": "attributes",
    "article_label": "article_labels",
}


def problems_with_plan(definition: Definition, plan: Plan) -> list[str]:
    """One sentence for each thing to mend."""
    problems = [] if plan.steps else ["The plan is empty. Add what is to be changed."]
    for kind in NOUNS:
        problems += _problems_of_kind(definition, plan, kind)
    return problems + _problems_of_splits(definition, plan) + _problems_of_lists(definition, plan)


def _problems_of_kind(definition: Definition, plan: Plan, kind: str) -> list[str]:
    noun, problems = NOUNS[kind], list[str]()
    steps = plan.of(kind)
    changed = Counter((step.attribute, name) for step in steps for name in step.names)
    problems += [
        f"{name} is changed by two steps. Do one after the other."
        for (_, name), n in changed.items()
        if n > 1
    ]
    for step in steps:
        known = _names(definition, step)
        problems += [f"There is no {noun} {name!r:.80}." for name in step.names if name not in known]
        for target in step.targets:
            if (step.attribute, target) in changed and target not in step.names:
                problems.append(f"{target} is changed itself. Do one after the other.")
            if kind != "option" and not is_name(target):
                problems.append(f"{target!r:.80} cannot name a {noun}.")
        if step.do in ("rename", "add") and step.to in known:
            instead = f"Merge {step.names[0]} into it instead." if step.names else "Choose another name."
            problems.append(f"There is a {noun} {step.to} already. {instead}")
    return problems


def _names(definition: Definition, step: Step) -> frozenset[str]:
    if step.kind == "option":
        attribute = definition.attributes_by_name.get(step.attribute)
        return frozenset(attribute.options) if attribute else frozenset()
    return frozenset(row.name for row in getattr(definition, LISTS[step.kind]))


def _problems_of_splits(definition: Definition, plan: Plan) -> list[str]:
    retired = {label.name for label in definition.labels if label.retired}
    problems = [
        f"{target} is retired. Choose another label, or bring it back first."
        for step in plan.of("label", "merge", "split")
        for target in step.targets
        if target in retired
    ]
    asked = {rule.attribute for step in plan.of("label", "split") for rule in step.rules if rule.attribute}
    unknown = sorted(asked - definition.attributes_by_name.keys())
    return problems + [f"There is no attribute {name!r:.80}." for name in unknown]


def _problems_of_lists(definition: Definition, plan: Plan) -> list[str]:
    """What would hold for any label when the last label that it holds for goes."""
    images, mapping = label_images(plan), mapping_of(plan)
    problems = []
    for relation in definition.relations:
        stays = mapping.relations.get(relation.name, relation.name) is not None
        emptied = [
            ends for ends in (relation.sources, relation.targets) if ends and not images_of(ends, images)
        ]
        if stays and emptied:
            problems.append(f"{relation.name} needs {' or '.join(emptied[0])} at one end. Delete it, too.")
    for attribute in definition.attributes:
        stays = mapping.attributes.get(attribute.name, attribute.name) is not None
        if stays and attribute.labels and not images_of(attribute.labels, images):
            words = f"{attribute.name} belongs to {' and '.join(attribute.labels)} only. Delete it, too."
            problems.append(words)
    problems += [
        f"{' and '.join(step.names)} are not of the same type, so they cannot become one."
        for step in plan.of("attribute", "merge")
        if len(_types(definition, step)) > 1
    ]
    return problems


def _types(definition: Definition, step: Step) -> set[str]:
    known = definition.attributes_by_name
    return {known[name].type for name in (*step.names, step.to) if name in known}
