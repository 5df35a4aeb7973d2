"""Thin Celery doors to services. Importing the package registers every task."""

from articles.tasks import doubts, evaluations, imports, jobs, ranks, releases, runs, training, twins

__all__ = ["doubts", "evaluations", "imports", "jobs", "ranks", "releases", "runs", "training", "twins"]
