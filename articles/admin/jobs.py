from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms.widgets import Media, Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.admin import LogAdmin, LogInline, tell_refusal
from annotator.lib.errors import Refused
from articles.admin.figures import job_bar, job_words
from articles.models import Job, RunItem
from articles.services.jobs.lifecycle import cancel_job, retry_job
from articles.services.runs.running import pause_run, resume_run
from articles.tasks.jobs import enqueue
from articles.tasks.runs import enqueue_run


class FailedArticles(LogInline[RunItem, Job]):
    """Articles that an engine could not read."""

    model = RunItem
    fields = ("failed_article", "tries", "error")
    readonly_fields = fields
    verbose_name_plural = _("articles that failed")
    per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[RunItem]:
        failed = super().get_queryset(request).filter(state=RunItem.State.FAILED).select_related("article")
        return failed.defer("article__text", "article__metadata").order_by("pk")

    @admin.display(description=_("article"))
    def failed_article(self, item: RunItem) -> SafeString:
        url = reverse("admin:articles_article_change", args=[item.article_id])
        return format_html('<a class="an-link" href="{}">{}</a>', url, item.article)


@admin.register(Job)
class JobAdmin(LogAdmin[Job]):
    list_display = ("job", "project", "state_words", "bar", "pace", "engines", "created_by", "created_at")
    list_filter = ("state", "kind", "project")
    list_select_related = ("project", "created_by")
    search_fields = ("project__name", "project__slug", "error")
    actions = ("pause", "resume", "retry", "cancel")
    inlines = (FailedArticles,)
    fields = (
        "project", "kind", "live", "engines", "error", "attempts", "created_by", "created_at", "started_at",
        "finished_at", "full_report",
    )  # fmt: skip
    readonly_fields = fields

    def unfit_actions(self, row: Job) -> set[str]:
        if row.is_finished:
            return {"pause", "resume", "cancel"}
        can_pause = row.kind == Job.Kind.RUN and row.state != Job.State.PAUSED
        can_resume = row.state == Job.State.PAUSED
        return {"retry", *([] if can_pause else ["pause"]), *([] if can_resume else ["resume"])}

    @property
    def media(self) -> Media:
        return super().media + Media(js=[Script("elements/live-piece.js", type="module")])  # type: ignore[list-item]

    def get_urls(self) -> list[Any]:
        live = self.admin_site.admin_view(self.progress_view)
        return [path("<int:job_id>/progress/", live, name="articles_job_progress"), *super().get_urls()]

    def progress_view(self, request: HttpRequest, job_id: int) -> HttpResponse:
        """The live piece of a job's row or page."""
        job = Job.objects.filter(pk=job_id).first()
        if job is None or not self.has_view_permission(request, job):
            raise Http404
        return render(request, "admin/job_live.html", self._live_context(job))

    def get_inlines(self, request: HttpRequest, obj: Job | None = None) -> Any:
        return self.inlines if obj and obj.kind == Job.Kind.RUN else ()

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("articles.change_job"))

    @admin.display(description=_("job"), ordering="id")
    def job(self, job: Job) -> str:
        return str(job)

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, job: Job) -> SafeString:
        return format_html(
            '<span class="an-state" data-state="{}">{}</span>', job.state, job.get_state_display()
        )

    @admin.display(description=_("progress"))
    def bar(self, job: Job) -> SafeString:
        if job.is_finished:
            return job_bar(job)
        return format_html('<div data-live="{}" data-reload>{}</div>', self._live_url(job), job_bar(job))

    @admin.display(description=_("pace"))
    def pace(self, job: Job) -> str:
        return job_words(job) or "-"

    @admin.display(description=_("engines"))
    def engines(self, job: Job) -> str:
        return ", ".join(job.params.get("engines", [])) or "-"

    @admin.display(description=_("progress"))
    def live(self, job: Job) -> SafeString:
        inner = render(None, "admin/job_live.html", self._live_context(job)).content.decode()
        url = "" if job.is_finished else self._live_url(job)
        return format_html(
            '<div data-live="{}" data-reload aria-live="polite">{}</div>', url, SafeString(inner)
        )

    @admin.display(description=_("report"))
    def full_report(self, job: Job) -> SafeString:
        return format_html(
            '<pre class="an-text">{}</pre>', json.dumps(job.report, indent=2, ensure_ascii=False)
        )

    def _live_url(self, job: Job) -> str:
        return reverse("admin:articles_job_progress", args=[job.pk])

    def _live_context(self, job: Job) -> dict[str, Any]:
        return {"job": job, "bar": job_bar(job), "words": job_words(job)}

    @admin.action(description=_("Pause"), permissions=["operate"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        done = gettext("%(job)s is paused. What is in hand just now is still finished.")
        _each(request, queryset, lambda job: pause_run(job=job), done)

    @admin.action(description=_("Resume"), permissions=["operate"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        done = gettext("%(job)s goes on.")
        _each(request, queryset, lambda job: resume_run(job=job, enqueue=enqueue_run), done)

    @admin.action(description=_("Retry"), permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        _each(request, queryset, _retry, gettext("%(job)s goes on where it stopped."))

    @admin.action(description=_("Cancel"), permissions=["operate"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        for job in queryset:
            if job.is_finished:
                messages.warning(request, gettext("%(job)s has ended already.") % {"job": job})
                continue
            cancel_job(job=job)
            messages.success(request, gettext("%(job)s stops. What it has done stays done.") % {"job": job})


def _each(request: HttpRequest, jobs: QuerySet[Job], act: Callable[[Job], None], done: str) -> None:
    """Act on each job and tell how it went: `done` with the job's name for `%(job)s`, or why it was refused.

    A job that is refused does not stop the others.
    """
    for job in jobs:
        try:
            act(job)
        except Refused as error:
            tell_refusal(request, error, job)
        else:
            messages.success(request, done % {"job": job})


def _retry(job: Job) -> None:
    retry_job(job=job, enqueue=lambda _: enqueue(job))
