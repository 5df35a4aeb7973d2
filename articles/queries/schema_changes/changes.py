"""Changes of a project's label schema: what is planned, what was done, and what old names mean by now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

from django.db.models import F
from django.db.models.functions import Least, Substr
from django.urls import reverse
from django.utils.translation import gettext

from annotator.schemas.definition import Definition
from annotator.schemas.queries import published_definition
from annotator.users.models import Project
from articles.domain.schema_changes.mapping import SchemaMapping, mapping_of
from articles.domain.schema_changes.names import composed
from articles.domain.schema_changes.plan import Plan, PlanError, parse_plan
from articles.domain.schema_changes.restoring import mapping_back
from articles.domain.schema_changes.rewriting import rewritten
from articles.domain.schema_changes.words import step_in_words
from articles.models import CarriedLayer, Job, Layer, SchemaChange, SchemaTodo, Span
from articles.queries.schema_changes.preview import Counts, preview_of, todo_remarks
from articles.queries.schema_changes.surroundings import surrounding_remarks


def plan_of(change: SchemaChange) -> Plan:
    return parse_plan(change.plan) if change.plan else Plan(())


def mapping_for(change: SchemaChange) -> SchemaMapping:
    """What the change does to names. For an undo: what becomes of names that were given since the change."""
    if change.undoes is None:
        return mapping_of(plan_of(change))
    if change.undoes.before is None:
        raise ValueError(gettext("Only what was published can be undone."))
    return mapping_back(plan_of(change.undoes), change.undoes.before.definition)


def why_not_undone(change: SchemaChange) -> str:
    """Why the change cannot be undone, as a sentence, or nothing. The newest is undone first."""
    if change.job is None:
        return gettext("This change has not been made yet.")
    if change.undoes_id:
        return gettext("This was an undo. Make the change again instead.")
    if SchemaChange.objects.filter(undoes=change).exists():
        return gettext("This has been undone already.")
    later = SchemaChange.objects.made().filter(project=change.project_id, pk__gt=change.pk)
    if later.filter(undoes__isnull=True, undone_by__isnull=True).exists():
        return gettext("Other changes came after it. Undo those first, the newest first.")
    return ""


def newest_change(project_id: int) -> SchemaChange | None:
    """The last change that was published: the only one that may still be at work."""
    rows = SchemaChange.objects.made().filter(project=project_id).order_by("-pk")
    rows = rows.select_related("job", "created_by", "before", "after", "undoes__before", "project")
    return rows.defer("engines", "undoes__engines").first()


def names_by_now(newest: SchemaChange | None, definition: Definition) -> SchemaMapping:
    """What names mean today that the schema does not have any more: editors and programs that have not heard
    of a change still send them. While the newest change is at work, everything that it does is among them."""
    if newest is None:
        return SchemaMapping()
    names = _names_after(newest.project_id, newest.pk, definition)
    if newest.job and newest.job.state != Job.State.SUCCEEDED:
        return replace(names, labels={**names.labels, **mapping_for(newest).labels})
    return names


def names_today(project_id: int, definition: Definition) -> SchemaMapping:
    """The same for callers who need nothing else of the newest change: it is loaded only while it is at
    work."""
    made = SchemaChange.objects.made().filter(project=project_id).order_by("-pk")
    newest = made.values_list("pk", "job__state").first()
    if newest and newest[1] == Job.State.SUCCEEDED:
        return _names_after(project_id, newest[0], definition)
    return names_by_now(newest_change(project_id) if newest else None, definition)


@lru_cache(maxsize=256)
def _names_after(project_id: int, newest: int, definition: Definition) -> SchemaMapping:
    rows = SchemaChange.objects.made().filter(project=project_id, pk__lte=newest).order_by("pk")
    return composed([mapping_for(one) for one in rows.select_related("undoes__before")], definition)


@dataclass(frozen=True)
class PlanPage:
    """The draft with what each step would change; `problems` keep it from being carried out."""

    steps: list[tuple[str, Counts]]
    remarks: list[str]
    problems: list[str]


def plan_page(project: Project) -> PlanPage | None:
    """None while nothing is planned."""
    draft = SchemaChange.objects.drafts().filter(project=project).first()
    return page_of_plan(project, plan_of(draft)) if draft else None


def page_of_plan(project: Project, plan: Plan) -> PlanPage:
    preview, before = preview_of(project, plan), published_definition(project.pk)
    problems, todos = list[str](), list[str]()
    try:
        todos = todo_remarks(project, plan, before, rewritten(before, plan))
    except PlanError as error:
        problems = error.problems
    steps = [(step_in_words(step), counts) for step, counts in zip(plan.steps, preview.steps, strict=True)]
    remarks = [*preview.remarks, *todos, *surrounding_remarks(project, mapping_of(plan))]
    return PlanPage(steps, remarks, problems)


@dataclass
class ChangeRow:
    """A change for the log."""

    change: SchemaChange

    @property
    def steps(self) -> list[str]:
        return [step_in_words(step) for step in plan_of(self.change.undoes or self.change).steps]

    @cached_property
    def left(self) -> int:
        """How many spans an undo left as they were."""
        lefts = CarriedLayer.objects.filter(change=self.change).exclude(left=[])
        return sum(map(len, lefts.values_list("left", flat=True)))

    @cached_property
    def todos(self) -> int:
        """How many spans wait for somebody's decision."""
        return SchemaTodo.objects.filter(change=self.change).open().count()

    @cached_property
    def why_not_undone(self) -> str:
        return why_not_undone(self.change)


def changes_made(project: Project) -> list[ChangeRow]:
    """The newest first."""
    rows = SchemaChange.objects.made().filter(project=project).order_by("-pk")
    rows = rows.select_related("job", "created_by", "after", "undoes")
    return [ChangeRow(one) for one in rows.defer("engines", "undoes__engines")]


@dataclass(frozen=True)
class SpanLeft:
    """A span that an undo left as it was, with the address of its place in the editor."""

    words: str
    label: str
    title: str
    url: str


def spans_left(change: SchemaChange, most: int = 100) -> list[SpanLeft]:
    """The first of them, where they still are."""
    carried = CarriedLayer.objects.filter(change=change).exclude(left=[])
    ids = list(chain.from_iterable(carried.values_list("left", flat=True)[:most]))[:most]
    spans = Span.objects.filter(pk__in=ids).annotate(
        words=Substr("layer__article__text", F("start") + 1, Least(F("end") - F("start"), 80)),
        title=F("layer__article__title"),
        article=F("layer__article"),
        kind=F("layer__kind"),
    )
    slug = change.project.slug
    return [
        SpanLeft(one.words, one.label, one.title, f"{_editor(slug, one)}?at={one.start}-{one.end}")
        for one in spans.order_by("article", "start")
    ]


def _editor(slug: str, span: Any) -> str:
    page = "review" if span.kind == Layer.Kind.GOLD else "editor"
    return reverse(f"articles:{page}", args=[slug, span.article])
