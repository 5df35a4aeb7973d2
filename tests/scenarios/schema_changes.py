"""What tests of schema changes share: plans, and a project in which something is labelled already."""

from __future__ import annotations

from typing import Any

from annotator.users.models import Project, User
from articles.models import Job, SchemaChange
from articles.services.schema_changes.changing import start_change, undo_change
from articles.services.schema_changes.migration import work_on_schema_change


def step(do: str, kind: str, *names: str, to: str = "", **more: Any) -> dict[str, Any]:
    return {"do": do, "kind": kind, "names": list(names), "to": to, **more}


def plan(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"steps": list(steps)}


RENAME = step("rename", "label", "PERSON", to="HUMAN")
MERGE = step("merge", "label", "COMPANY", to="ORG")


def publish(project: Project, by: User, *steps: dict[str, Any]) -> SchemaChange:
    """Published, with no layer carried over yet."""
    return start_change(project=project, by=by, data=plan(*steps), enqueue=lambda job: None)


def change(project: Project, by: User, *steps: dict[str, Any]) -> SchemaChange:
    return carry_out(publish(project, by, *steps))


def undo(made: SchemaChange, by: User) -> SchemaChange:
    return carry_out(undo_change(change=made, by=by, enqueue=lambda job: None))


def carry_out(started: SchemaChange) -> SchemaChange:
    work_on_schema_change(started.job_id or 0)
    started.refresh_from_db()
    assert started.job is not None
    started.job.refresh_from_db()
    assert (started.job.state, started.job.error) == (Job.State.SUCCEEDED, "")
    return started
