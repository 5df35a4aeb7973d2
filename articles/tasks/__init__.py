"""Thin Celery doors to services. Importing the package registers every task."""

from articles.tasks import imports, jobs, runs, twins

__all__ = ["imports", "jobs", "runs", "twins"]
