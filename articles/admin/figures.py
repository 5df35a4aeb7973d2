"""Figures drawn for the administration's lists."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotator.lib.admin import progress_bar
from articles.models import Job
from articles.queries.jobs import pace_of
from articles.templatetags.pages import status_bar


def status_progress(statuses: Mapping[str, int] | None) -> SafeString:
    """Where a project's articles stand, as a bar with its words."""
    return render_to_string("admin/status_bar.html", status_bar(statuses or {}))


def job_bar(job: Job) -> SafeString:
    return progress_bar(
        job.done,
        job.total,
        gettext("%(done)s of %(total)s") % {"done": intcomma(job.done), "total": intcomma(job.total)},
    )


def job_words(job: Job) -> str:
    """State, pace and worries of a job in one line."""
    pace = pace_of(job)
    return pace.worry or pace.words
