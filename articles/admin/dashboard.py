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
    if request.user.has_perm("users.view_project"):  # type: ignore[union-attr]
        context["projects"] = [
            {"project": project, "team": role_words(project.roles), "bar": status_progress(project.statuses)}  # type: ignore[attr-defined]
            for project in projects_at_work()
        ]
    if request.user.has_perm("articles.view_job"):  # type: ignore[union-attr]
        context["jobs"] = [
            {"job": job, "bar": job_bar(job), "words": job_words(job)} for job in jobs_at_work()
        ]
    return context


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar, for whoever may see each page."""
    groups = [
        {"title": title, "separator": bool(title), "items": [item for item in map(_item, rows)]}
        for title, rows in _SIDEBAR
    ]
    for group in groups:
        group["items"] = [item for item in group["items"] if request.user.has_perm(item["permission_name"])]  # type: ignore[index, union-attr]
    return [group for group in groups if group["items"]]


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


def _item(row: tuple[str, str]) -> dict[str, Any]:
    model, icon = apps.get_model(row[0]), row[1]
    app, name = model._meta.app_label, model._meta.model_name
    return {
        "title": str(model._meta.verbose_name_plural).capitalize(),
        "icon": icon,
        "link": reverse(f"admin:{app}_{name}_changelist"),
        "permission_name": f"{app}.view_{name}",
    }
