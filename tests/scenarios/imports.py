"""Files on their way in, as the page and the workers take them."""

from __future__ import annotations

from typing import Any

import orjson

from annotator.users.models import Project, User
from articles.models import Import, Job
from articles.services.imports.importing import confirm_import, stage_import, work_on_import
from articles.services.imports.inspection import look_through
from articles.services.imports.wishes import Wishes


def line(**record: object) -> bytes:
    """An article as a line of JSONL."""
    return orjson.dumps(record) + b"\n"


def stage(project: Project, by: User, content: bytes, name: str = "a.jsonl", **wishes: Any) -> Import:
    """An upload that was looked through and waits."""
    upload = stage_import(project=project, by=by, file_name=name, pieces=[content], wishes=Wishes(**wishes))
    look_through(upload=upload)
    return upload


def confirmed(
    project: Project,
    by: User,
    content: bytes,
    name: str = "a.jsonl",
    *,
    only_valid: bool = False,
    **wishes: Any,
) -> Job:
    """An import that waits for a worker. Nobody has looked through it."""
    upload = stage_import(project=project, by=by, file_name=name, pieces=[content], wishes=Wishes(**wishes))
    return confirm_import(upload=upload, only_valid=only_valid, enqueue=lambda _: None)


def work(job: Job) -> Job:
    """What a worker does with it."""
    work_on_import(job.pk, enqueue_run=lambda _: None)
    job.refresh_from_db()
    return job


def bring_in(
    project: Project,
    by: User,
    content: bytes,
    name: str = "a.jsonl",
    *,
    only_valid: bool = False,
    **wishes: Any,
) -> Job:
    """An import from the first byte to its report."""
    return work(confirmed(project, by, content, name, only_valid=only_valid, **wishes))
