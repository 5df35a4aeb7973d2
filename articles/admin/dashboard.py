"""The first page of the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.figures import job_bar, job_words, status_progress
from articles.queries.projects.health import storage_words, worries_of
from articles.queries.projects.overview import jobs_at_work, projects_at_work, role_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds the projects' progress and the jobs at work, for those who may see them."""
    context["title"] = gettext("Overview")
    if request.user.has_perm("users.view_project"):
        context["projects"] = [
            {
                "project": project,
                "team": role_words(project.roles),  # type: ignore[attr-defined]
                "bar": status_progress(project.statuses),  # type: ignore[attr-defined]
                "worries": worries_of(project),
                "storage": storage_words(project),
            }
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
        _("Work"),
        (
            ("users.project", _("Projects"), "folder_open"),
            ("articles.article", _("Articles"), "article"),
            ("articles.job", _("Jobs"), "progress_activity"),
        ),
    ),
    (_("Labels"), (("schemas.labelschema", _("Label schemas"), "label"),)),
    (
        _("People"),
        (
            ("users.user", _("People"), "group"),
            ("users.invitation", _("Invitations"), "mail"),
            ("users.apitoken", _("API tokens"), "key"),
        ),
    ),
    (
        _("Records"),
        (
            ("users.auditentry", _("Audit log"), "policy"),
            ("articles.edit", _("Edits"), "history"),
            ("articles.review", _("Reviews"), "rate_review"),
            ("articles.assignment", _("Assignments"), "assignment_ind"),
            ("articles.handout", _("Handed out"), "outbox"),
            ("articles.notification", _("News"), "notifications"),
            ("articles.webhook", _("Webhooks"), "webhook"),
            ("articles.delivery", _("Webhook deliveries"), "send"),
            ("articles.import", _("Imports"), "upload_file"),
            ("articles.release", _("Releases"), "inventory_2"),
            ("schemas.schemaversion", _("Schema versions"), "sell"),
        ),
    ),
)


def _item(label: str, title: StrOrPromise, icon: str) -> dict[str, Any]:
    name = label.replace(".", "_")
    return {"title": title, "icon": icon, "link": reverse(f"admin:{name}_changelist")}


def _permission(label: str) -> str:
    app, model = label.split(".")
    return f"{app}.view_{model}"
