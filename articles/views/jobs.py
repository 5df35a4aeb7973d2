from __future__ import annotations

from typing import Any

import orjson
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from annotator.users.permissions import Permission
from articles.access import Caller, get_job_for, get_project_for
from articles.models import Job
from articles.queries.jobs import jobs_of, pace_of, upload_of
from articles.queries.pages import Ordering, page_of
from articles.services.jobs import cancel_job, retry_job
from articles.tasks.jobs import enqueue

PAGE_SIZE = 30
_NEWEST_FIRST = Ordering("id", descending=True)


@require_GET
@login_required
def jobs(request: HttpRequest, slug: str) -> HttpResponse:
    """The project's jobs, newest first."""
    project, caller = get_project_for(request.user, slug)
    page = page_of(jobs_of(project), _NEWEST_FIRST, cursor=request.GET.get("cursor"), size=PAGE_SIZE)
    rows = [_shown(job) for job in page.rows]
    context = {"project": project, "caller": caller, "tab": "jobs", "page": page, "rows": rows}
    return render(request, "articles/jobs.html", context)


@require_GET
@login_required
def job(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    """One job: how far it is, what came of it, what went wrong."""
    return render(request, "articles/job.html", _context(*_job(request, slug, job_id)))


@require_GET
@login_required
def progress(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    """The piece of the page that changes while the job is at work."""
    return render(request, "articles/job_status.html", _context(*_job(request, slug, job_id)))


@require_GET
@login_required
def report(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    """What came of a job, as a file."""
    found, _ = _job(request, slug, job_id)
    about = {"job": found.pk, "kind": found.kind, "state": found.state, "error": found.error}
    raw = orjson.dumps({**about, **found.params, **found.report}, option=orjson.OPT_INDENT_2)
    response = HttpResponse(raw, content_type="application/json")
    name = f"{found.project.slug}-{found.kind}-{found.pk}.json"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_POST
@login_required
def cancel(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    found, caller = _job(request, slug, job_id)
    caller.require(Permission.MANAGE)
    if found.is_finished:
        messages.info(request, "This job has ended already.")
    else:
        cancel_job(job=found)
        messages.success(request, "The job stops. What it has done stays done.")
    return redirect("articles:job", slug, job_id)


@require_POST
@login_required
def retry(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    found, caller = _job(request, slug, job_id)
    caller.require(Permission.MANAGE)
    retry_job(job=found, enqueue=lambda _: enqueue(found))
    messages.success(request, "The job goes on where it stopped.")
    return redirect("articles:job", slug, job_id)


def _job(request: HttpRequest, slug: str, job_id: int) -> tuple[Job, Caller]:
    found, caller = get_job_for(request.user, job_id)
    if found.project.slug != slug:
        raise Http404
    return found, caller


def _shown(job: Job) -> dict[str, Any]:
    failed = job.report.get("failed", 0)
    return {"job": job, "pace": pace_of(job), "engines": job.params.get("engines", []), "failed": failed}


def _context(job: Job, caller: Caller) -> dict[str, Any]:
    can_retry = job.is_finished and (job.state != Job.State.SUCCEEDED or job.report.get("failed"))
    return {
        **_shown(job),
        "upload": upload_of(job),
        "read": job.done - job.report.get("failed", 0),
        "project": job.project,
        "caller": caller,
        "tab": "jobs",
        "can_retry": can_retry,
        "stopping": job.cancel_asked and not job.is_finished,
    }
