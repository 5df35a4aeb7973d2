"""Changes of the label schema of a project in which much is labelled already: planned, published, undone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from annotator.lib.errors import Invalid, Refused
from annotator.schemas.definition import Definition
from annotator.schemas.services.publishing import publish_carried
from annotator.users.models import Project, User, Verb
from annotator.users.services.audit import record
from articles.domain.schema_changes.plan import Plan, PlanError, parse_plan
from articles.domain.schema_changes.restoring import written_back
from articles.domain.schema_changes.rewriting import rewritten, rewritten_leniently
from articles.models import Job, SchemaChange
from articles.queries.schema_changes.changes import mapping_for, plan_of, why_not_undone
from articles.queries.schema_changes.extent import next_articles
from articles.services.jobs.lifecycle import Enqueue, create_job
from articles.services.schema_changes.surroundings import change_surroundings, restore_engines

# Jobs of these kinds read names when they begin and write them when they end: they must not change in
# between.
_IN_THE_WAY = (Job.Kind.IMPORT, Job.Kind.RELEASE)


def keep_plan(*, project: Project, data: Any, by: User) -> SchemaChange:
    """Keep a plan as the project's draft, in the place of the one before. Raises Invalid for what is no plan;
    whether it fits the schema is asked when it is carried out."""
    plan = _parsed(data)
    with transaction.atomic():
        _lock_project(project)
        change, _ = SchemaChange.objects.drafts().update_or_create(
            project=project, defaults={"plan": plan.to_json(), "created_by": by}
        )
    return change


def add_steps(*, project: Project, steps: list[dict[str, Any]], by: User) -> SchemaChange:
    """Add steps to the draft. Raises Invalid."""
    return keep_plan(project=project, data={"steps": [*_drafted(project), *steps]}, by=by)


def remove_step(*, project: Project, number: int, by: User) -> None:
    """Take a step, counted from 1, out of the draft. Harmless where it is gone."""
    steps = [step for at, step in enumerate(_drafted(project), start=1) if at != number]
    if steps:
        keep_plan(project=project, data={"steps": steps}, by=by)
    else:
        drop_plan(project=project)


def _drafted(project: Project) -> list[Any]:
    draft = SchemaChange.objects.drafts().filter(project=project).first()
    return list(draft.plan["steps"]) if draft else []


def drop_plan(*, project: Project) -> None:
    """Throw the draft away. Harmless where there is none."""
    SchemaChange.objects.drafts().filter(project=project).delete()


def start_change(*, project: Project, by: User, enqueue: Enqueue, data: Any = None) -> SchemaChange:
    """Publish the schema as the plan leaves it, and have all layers carried over to it in the background.

    `data` is a plan; without one it is the draft. Raises Invalid with every problem of the plan, and Refused
    while something is at work that must end first.
    """
    with transaction.atomic():
        _lock_project(project)
        change = SchemaChange.objects.drafts().filter(project=project).first()
        plan = plan_of(change) if change and data is None else _parsed(data)
        change = change if change and data is None else SchemaChange(project=project)
        change.plan, change.created_by = plan.to_json(), by
        _require_quiet(project)
        _publish(
            change,
            lambda definition: _rewritten(definition, plan),
            lambda draft: rewritten_leniently(draft, plan),
            enqueue=enqueue,
        )
        record(Verb.LABELS_CHANGED, by=by, project=project, about=change, steps=len(plan.steps))
    return change


def undo_change(*, change: SchemaChange, by: User, enqueue: Enqueue) -> SchemaChange:
    """Take a change back: its edits are reversed in the background, except on spans that somebody has changed
    since.

    Raises Refused when it cannot be undone any more, or while something is at work that must end first.
    """
    with transaction.atomic():
        _lock_project(change.project)
        change = SchemaChange.objects.select_related("before", "project").get(pk=change.pk)
        obstacle = why_not_undone(change)
        if obstacle or change.before is None:
            raise Refused(obstacle)
        _require_quiet(change.project)
        plan, before = plan_of(change), change.before.definition
        undo = SchemaChange(project=change.project, undoes=change, created_by=by)
        _publish(
            undo,
            lambda definition: written_back(definition, before, plan),
            lambda draft: written_back(draft, before, plan),
            enqueue=enqueue,
        )
        record(Verb.LABELS_UNDONE, by=by, project=change.project, about=change)
    return undo


def _publish(change: SchemaChange, rewrite: Any, rewrite_draft: Any, *, enqueue: Enqueue) -> None:
    project, by = change.project, change.created_by
    change.before, change.after = publish_carried(
        project=project, change=rewrite, change_draft=rewrite_draft, by=by
    )
    mapping = mapping_for(change)
    restore_engines(change)
    change_surroundings(change, mapping)
    total = len(next_articles(change, mapping))
    change.job = create_job(project=project, kind=Job.Kind.SCHEMA, by=by, total=total)
    change.published_at = timezone.now()
    change.save()
    Job.objects.filter(pk=change.job.pk).update(params={"schema_change": change.pk})
    enqueue(change.job.pk)


def _rewritten(definition: Definition, plan: Plan) -> Definition:
    try:
        return rewritten(definition, plan)
    except PlanError as error:
        raise Invalid(gettext("The plan does not fit the label schema."), error.problems) from error


def _parsed(data: Any) -> Plan:
    try:
        return parse_plan(data)
    except PlanError as error:
        raise Invalid(gettext("This is no plan."), error.problems) from error


def _lock_project(project: Project) -> None:
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def _require_quiet(project: Project) -> None:
    if SchemaChange.objects.at_work().filter(project=project).exists():
        raise Refused(
            gettext("Another change of the labels is at work. Wait until it has ended, or retry it.")
        )
    job = Job.objects.unfinished().filter(project=project, kind__in=_IN_THE_WAY).first()
    if job:
        raise Refused(
            gettext("%(job)s is at work. Wait until it has ended, so that it meets one set of labels.")
            % {"job": job}
        )
