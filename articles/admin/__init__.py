"""The administration of the work: a site administrator can run a project from here alone."""

from articles.admin import articles, audit, jobs, logs, people, projects, releases, tellings

__all__ = ["articles", "audit", "jobs", "logs", "people", "projects", "releases", "tellings"]
