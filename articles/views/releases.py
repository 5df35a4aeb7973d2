from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from annotator.lib.errors import Refused
from annotator.lib.markdown import render_markdown
from annotator.lib.pages import sentences
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.jobs import get_release_of
from articles.forms.export_page import SHARES
from articles.forms.releases import ReleaseForm
from articles.models import Job, Release
from articles.queries.exports.packages import ExportQuery
from articles.queries.jobs import pace_of
from articles.queries.pages import Ordering, page_of
from articles.queries.releases.changes import changes_with_articles
from articles.queries.releases.listing import releases_of
from articles.queries.releases.query import ReleaseQuery
from articles.services.releases.releasing import start_release
from articles.tasks.releases import enqueue_release
from articles.views.exports import choices
from articles.views.pages import project_page

PAGE_SIZE = 30
SHOWN_ARTICLES = 10
SHOWN_FILES = 50
_NEWEST_FIRST = Ordering("id", descending=True)


@require_GET
@login_required
def releases(request: HttpRequest, slug: str) -> HttpResponse:
    """The project's releases, newest first."""
    project, caller = get_project_for(request.user, slug, Permission.EXPORT)
    page = page_of(releases_of(project), _NEWEST_FIRST, cursor=request.GET.get("cursor"), size=PAGE_SIZE)
    return project_page(request, caller, "releases", "articles/releases.html", {"page": page})


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """What the next release is to hold."""
    _, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    asked = QueryDict(request.POST.get("export", "")) if request.method == "POST" else request.GET
    context = choices(request, caller, asked or QueryDict(f"split={SHARES[0]}"))
    if form.is_valid() and "query" in context and (made := _start(caller, form, context["query"])):
        return redirect("articles:release", slug, made.number)
    context["release_form"] = form
    status = 400 if form.errors or context["form"].errors else 200
    return project_page(request, caller, "releases", "articles/release_new.html", context, status)


@require_GET
@login_required
def release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One release: what it holds, what changed, how to fetch it; or how far it is."""
    _, caller = get_project_for(request.user, slug, Permission.EXPORT)
    found = get_release_of(caller, number)
    context = {"release": found, "job": found.job}
    if found.file is None:
        context |= _progress(found.job)
        return project_page(request, caller, "releases", "articles/release_at_work.html", context)
    context |= _contents(request, found)
    return project_page(request, caller, "releases", "articles/release.html", context)


def _start(caller: Caller, form: ReleaseForm, export: ExportQuery) -> Release | None:
    """The release that now waits for a worker; None with the reasons in the form."""
    said = form.cleaned_data
    query = ReleaseQuery(export, said["keep_parts"], said["authors"], said["licence"])
    told = {"title": said["title"], "notes": said["notes"]}
    try:
        return start_release(
            project=caller.project, by=caller.user, query=query, enqueue=enqueue_release, **told
        )
    except Refused as error:
        form.add_error(None, sentences(error))
        return None


def _progress(job: Job) -> dict[str, Any]:
    return {"job": job, "pace": pace_of(job), "failed": 0}


def _contents(request: HttpRequest, release: Release) -> dict[str, Any]:
    # The card's first line is its title, and the page has one.
    card = release.card.partition("\n\n")[2]
    download = reverse("api:release-download", args=[release.pk])
    return {
        "card": render_markdown(card),
        "changes": changes_with_articles(release, shown=SHOWN_ARTICLES),
        "download": download,
        "address": request.build_absolute_uri(download),
        "files": release.manifest["files"][:SHOWN_FILES],
    }
