from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import orjson
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.jobs import get_job_for
from articles.forms.engines import RetryForm
from articles.models import Job
from articles.queries.jobs import jobs_of, pace_of, upload_of
from articles.queries.pages import Ordering, page_of
from articles.queries.runs import failures_page, run_figures, run_pace
from articles.services.jobs.lifecycle import cancel_job, retry_job
from articles.services.runs.running import pause_run, resume_run, retry_articles
from articles.tasks.jobs import enqueue
from articles.tasks.runs import enqueue_run
from articles.views.pages import project_page

PAGE_SIZE = 30
_NEWEST_FIRST = Ordering("id", descending=True)


@require_GET
@login_required
def jobs(request: HttpRequest, slug: str) -> HttpResponse:
    """The project's jobs, newest first."""
    _, caller = get_project_for(request.user, slug)
    page = page_of(jobs_of(caller), _NEWEST_FIRST, cursor=request.GET.get("cursor"), size=PAGE_SIZE)
    rows = [_shown(job) for job in page.rows]
    return project_page(request, caller, "jobs", "articles/jobs.html", {"page": page, "rows": rows})


@require_GET
@login_required
def job(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    """One job: how far it is, what came of it, what went wrong."""
    found, caller = _job(request, slug, job_id)
    context = _context(found, caller)
    if found.kind == Job.Kind.RUN:
        context["failures"] = failures_page(found, request.GET.get("cursor"))
    return project_page(request, caller, "jobs", "articles/job.html", context)


@require_GET
@login_required
def progress(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    """The piece of the page that changes while the job is at work."""
    found, caller = _job(request, slug, job_id)
    return project_page(request, caller, "jobs", "articles/job_status.html", _context(found, caller))


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
    found = _own_job(request, slug, job_id)
    if found.is_finished:
        messages.info(request, gettext("This job has ended already."))
    else:
        cancel_job(job=found)
        messages.success(request, gettext("The job stops. What it has done stays done."))
    return redirect("articles:job", slug, job_id)


@require_POST
@login_required
def pause(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    found = _own_job(request, slug, job_id)
    pause_run(job=found)
    messages.success(request, gettext("The run is paused. What is in hand just now is still finished."))
    return redirect("articles:job", slug, job_id)


@require_POST
@login_required
def resume(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    found = _own_job(request, slug, job_id)
    resume_run(job=found, enqueue=enqueue_run)
    messages.success(request, gettext("The run goes on."))
    return redirect("articles:job", slug, job_id)


@require_POST
@login_required
def retry_failures(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    """Try articles that were set aside again: one, or all."""
    found = _own_job(request, slug, job_id)
    form = RetryForm(request.POST)
    chosen = [form.cleaned_data["article"]] if form.is_valid() and form.cleaned_data["article"] else None
    again = retry_articles(job=found, article_ids=chosen, enqueue=enqueue_run)
    words = ngettext(
        "%(count)s article will be tried again.", "%(count)s articles will be tried again.", again
    )
    nothing = gettext("There is no such article any more: nothing to try again.")
    messages.success(request, words % {"count": again} if again else nothing)
    return redirect("articles:job", slug, job_id)


@require_POST
@login_required
def retry(request: HttpRequest, slug: str, job_id: int) -> HttpResponse:
    found = _own_job(request, slug, job_id)
    retry_job(job=found, enqueue=lambda _: enqueue(found))
    messages.success(request, gettext("The job goes on where it stopped."))
    return redirect("articles:job", slug, job_id)


def _own_job(request: HttpRequest, slug: str, job_id: int) -> Job:
    """A job that the visitor manages."""
    found, caller = _job(request, slug, job_id)
    caller.require(Permission.MANAGE)
    return found


def _job(request: HttpRequest, slug: str, job_id: int) -> tuple[Job, Caller]:
    found, caller = get_job_for(request.user, job_id)
    if found.project.slug != slug:
        raise Http404
    return found, caller


def _shown(job: Job) -> dict[str, Any]:
    figures = run_figures(job) if job.kind == Job.Kind.RUN else None
    return {
        "job": job,
        "pace": run_pace(job) if figures else pace_of(job),
        "engines": job.params.get("engines", []),
        "run": figures,
        "failed": figures.set_aside if figures else job.report.get("failed", 0),
    }


def _context(job: Job, caller: Caller) -> dict[str, Any]:
    shown = _shown(job)
    stopped = job.state in (Job.State.FAILED, Job.State.CANCELLED)
    return {
        **shown,
        "upload": upload_of(job),
        "read": max(job.done - shown["failed"], 0),
        "can_retry": stopped,
        "run_again": _choices(job) if job.kind == Job.Kind.RUN and caller.may(Permission.MANAGE) else "",
        "can_pause": job.kind == Job.Kind.RUN and job.state in (Job.State.QUEUED, Job.State.RUNNING),
        "stopping": job.cancel_asked and not job.is_finished,
    }


def _choices(job: Job) -> str:
    """The query that fills the form of a run as it was filled for this one."""
    chosen = job.params.get("chosen_by") or {"scope": "all"}
    return urlencode({"engines": job.params.get("engines", []), **chosen}, doseq=True)
