"""Thin Celery doors to services. Importing the package registers every task."""

from articles.tasks import imports, jobs, releases, runs, training, twins

__all__ = ["imports", "jobs", "releases", "runs", "training", "twins"]
