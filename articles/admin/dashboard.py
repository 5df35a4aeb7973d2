"""The first page of the administration."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse

from articles.admin.figures import job_bar, job_words, status_progress
from articles.queries.overview import jobs_at_work, projects_at_work, role_words


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds the projects' progress and the jobs at work, for those who may see them."""
    if request.user.has_perm("users.view_project"):
        context["projects"] = [
            {"project": project, "team": role_words(project.roles), "bar": status_progress(project.statuses)}  # type: ignore[attr-defined]
            for project in projects_at_work()
        ]
    if request.user.has_perm("articles.view_job"):
        context["jobs"] = [
            {"job": job, "bar": job_bar(job), "words": job_words(job)} for job in jobs_at_work()
        ]
    return context


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar, for whoever may see each page."""
    groups = []
    for title, rows in _SIDEBAR:
        items = [_item(*row) for row in rows if request.user.has_perm(_permission(row[0]))]
        if items:
            groups.append({"title": title, "separator": True, "items": items})
    return groups


_SIDEBAR = (
    (
        "Work",
        (
            ("users.project", "folder_open"),
            ("articles.article", "article"),
            ("articles.job", "progress_activity"),
        ),
    ),
    ("Labels", (("schemas.labelschema", "label"),)),
    ("People", (("users.user", "group"), ("users.invitation", "mail"), ("users.apitoken", "key"))),
    (
        "Records",
        (
            ("articles.edit", "history"),
            ("articles.review", "rate_review"),
            ("articles.assignment", "assignment_ind"),
            ("articles.import", "upload_file"),
            ("schemas.schemaversion", "sell"),
        ),
    ),
)


def _item(label: str, icon: str) -> dict[str, Any]:
    options = apps.get_model(label)._meta
    return {
        "title": str(options.verbose_name_plural).capitalize(),
        "icon": icon,
        "link": reverse(f"admin:{options.app_label}_{options.model_name}_changelist"),
    }


def _permission(label: str) -> str:
    app, model = label.split(".")
    return f"{app}.view_{model}"
