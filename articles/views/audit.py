from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from annotator.users.models import Project
from annotator.users.permissions import Permission
from articles.access.caller import get_project_for
from articles.forms.audit import AuditFilterForm
from articles.forms.filters import require_valid
from articles.queries.pages import Ordering, page_of
from articles.queries.projects.audit import as_csv, audit_log, people_in_log
from articles.views.pages import project_page

PAGE = 50
NEWEST_FIRST = Ordering("id", descending=True)


@require_GET
@login_required
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did what in the project."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = _form(request, project)
    rows = audit_log(project, form.wanted)
    page = page_of(rows, NEWEST_FIRST, cursor=request.GET.get("cursor"), size=PAGE)
    asked = request.GET.copy()
    asked.pop("cursor", None)
    context = {"form": form, "page": page, "asked": asked.urlencode()}
    return project_page(request, caller, "log", "articles/log.html", context)


@require_GET
@login_required
def log_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The same as a table, all of it."""
    project, _ = get_project_for(request.user, slug, Permission.MANAGE)
    rows = audit_log(project, _form(request, project).wanted).order_by("-pk")
    response = StreamingHttpResponse(as_csv(rows.iterator(2_000)), content_type="text/csv; charset=utf-8")
    name = content_disposition_header(as_attachment=True, filename=f"{project.slug}-log.csv")
    response["Content-Disposition"] = name or "attachment"
    return response


def _form(request: HttpRequest, project: Project) -> AuditFilterForm:
    """Raises Invalid."""
    return require_valid(AuditFilterForm(request.GET, people=people_in_log(project)))
