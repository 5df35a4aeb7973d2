"""Thin Celery doors to services. Importing the package registers every task."""

from articles.tasks import (
    assignments,
    bulk_edits,
    consistency,
    doubts,
    evaluations,
    imports,
    jobs,
    notifications,
    projects,
    ranks,
    releases,
    runs,
    schema_changes,
    training,
    twins,
    webhooks,
)

__all__ = [
    "assignments",
    "bulk_edits",
    "consistency",
    "doubts",
    "evaluations",
    "imports",
    "jobs",
    "notifications",
    "projects",
    "ranks",
    "releases",
    "runs",
    "schema_changes",
    "training",
    "twins",
    "webhooks",
]
