"""Thin Celery doors to services. Importing the package registers every task."""

from articles.tasks import (
    assignments,
    doubts,
    evaluations,
    imports,
    jobs,
    ranks,
    releases,
    runs,
    schema_changes,
    training,
    twins,
)

__all__ = [
    "assignments",
    "doubts",
    "evaluations",
    "imports",
    "jobs",
    "ranks",
    "releases",
    "runs",
    "schema_changes",
    "training",
    "twins",
]
