from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotator.lib.errors import Invalid
from annotator.lib.pages import sentences
from annotator.schemas.queries import published_definition
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.access.jobs import get_import_for
from articles.domain.texts.marking import marked
from articles.formats import readers
from articles.forms.imports import (
    PasteForm,
    UploadForm,
    WishesForm,
    options_of,
    reader_options,
    target_layers,
)
from articles.forms.mapping import mapping_of, name_choices
from articles.models import Import
from articles.queries.jobs import inspections_of, pace_of, uploads_waiting
from articles.services.imports.importing import change_import, confirm_import, discard_import, stage_import
from articles.services.imports.inspection import LOOK_AT_ONCE_BYTES, look_through, start_look_through
from articles.tasks.imports import enqueue_import, enqueue_look_through
from articles.views.pages import project_page

SHOWN_PROBLEMS = 20
SHOWN_UPLOADS = 10


@require_http_methods(["GET", "POST"])
@login_required
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose files, or paste one article; both are looked through before anything is imported."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    pasted = "text" in request.POST
    chosen = request.POST if request.method == "POST" and not pasted else None
    form = UploadForm(chosen, request.FILES if chosen is not None else None, project=project)
    paste = PasteForm(request.POST if pasted else None)
    for one in (form, paste):
        if one.is_valid() and (staged := _stage(caller, one)):
            return redirect("articles:import-preview", slug, staged.pk)
    context = {
        "form": form,
        "paste": paste,
        "readers": readers(),
        "waiting": uploads_waiting(project)[:SHOWN_UPLOADS],
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }
    status = 400 if form.errors or paste.errors else 200
    return project_page(request, caller, "import", "articles/import.html", context, status)


@require_GET
@login_required
def preview(request: HttpRequest, slug: str, import_id: int) -> HttpResponse:
    """What would be imported, and what not."""
    staged, caller = _get(request, slug, import_id)
    if staged.job_id:
        return redirect("articles:job", slug, staged.job_id)
    found = staged.preview
    if not found:
        return _still_looking(request, staged, caller)
    definition = published_definition(caller.project.pk)
    colours = {label.name: label.colour for label in definition.labels}
    names = name_choices(staged, definition, [author for author, _ in target_layers(caller.project)])
    context = {
        "upload": staged,
        "found": found,
        "fresh": found["articles"] - found["repeats"] - _left_out_as_twins(staged),
        "corrects": staged.corrections == Import.Corrections.CORRECT and found.get("corrections", 0),
        "examples": [
            {**one, "pieces": marked(one["text"], one["spans"], colours)} for one in found["examples"]
        ],
        "problems": found["problems"][:SHOWN_PROBLEMS],
        "more_problems": found["problem_count"] - SHOWN_PROBLEMS,
        "names": names,
        "asks_for_names": any(one.count for one in names),
        "wishes": WishesForm(initial=WishesForm.initial_of(staged), project=caller.project),
        "options": reader_options(staged),
    }
    return project_page(request, caller, "import", "articles/import_preview.html", context)


def _left_out_as_twins(staged: Import) -> int:
    return int(staged.preview["twins"]) if staged.twins == Import.Twins.SKIP else 0


@require_GET
@login_required
def problems(request: HttpRequest, slug: str, import_id: int) -> HttpResponse:
    """What cannot be imported, as a file."""
    staged, _ = _get(request, slug, import_id)
    return _as_file(f"{staged.file_name}-problems.txt", staged.preview.get("problems", []))


def _still_looking(request: HttpRequest, staged: Import, caller: Caller) -> HttpResponse:
    """A large upload: a worker is at it."""
    job = inspections_of(staged).first()
    context = {"upload": staged, "job": job, "pace": pace_of(job) if job else None}
    return project_page(request, caller, "import", "articles/import_looking.html", context)


@require_POST
@login_required
def change(request: HttpRequest, slug: str, import_id: int) -> HttpResponse:
    """Read the upload in another way, or under other names."""
    staged, caller = _get(request, slug, import_id)
    form = WishesForm(request.POST, project=caller.project)
    if form.is_valid():
        try:
            more = {"mapping": mapping_of(request.POST), "options": options_of(request.POST, staged)}
            change_import(upload=staged, wishes=form.wishes(**more))
            _look_through(staged)
        except Invalid as error:
            messages.error(request, " ".join(sentences(error)))
    else:
        messages.error(request, gettext("Choose from what the form offers."))
    return redirect("articles:import-preview", slug, staged.pk)


@require_POST
@login_required
def confirm(request: HttpRequest, slug: str, import_id: int) -> HttpResponseRedirect:
    staged, _ = _get(request, slug, import_id)
    job = confirm_import(upload=staged, only_valid="only_valid" in request.POST, enqueue=enqueue_import)
    return redirect("articles:job", slug, job.pk)


@require_POST
@login_required
def discard(request: HttpRequest, slug: str, import_id: int) -> HttpResponseRedirect:
    staged, _ = _get(request, slug, import_id)
    discard_import(upload=staged)
    messages.info(
        request,
        gettext("%(file_name)s was discarded. Nothing was imported.") % {"file_name": staged.file_name},
    )
    return redirect("articles:import", slug)


def _get(request: HttpRequest, slug: str, import_id: int) -> tuple[Import, Caller]:
    staged, caller = get_import_for(request.user, import_id)
    if caller.project.slug != slug:
        raise Http404
    return staged, caller


def _as_file(name: str, lines: Sequence[str]) -> HttpResponse:
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _stage(caller: Caller, form: UploadForm | PasteForm) -> Import | None:
    """The upload, looked through; None with the reasons in the form when it cannot be read at all."""
    try:
        upload = stage_import(project=caller.project, by=caller.user, **form.upload())
    except Invalid as error:
        form.add_error(None, sentences(error))
        return None
    _look_through(upload)
    return upload


def _look_through(upload: Import) -> None:
    """At once, or when it is large by a worker."""
    if upload.file and upload.file.size <= LOOK_AT_ONCE_BYTES:
        look_through(upload=upload)
    else:
        start_look_through(upload=upload, enqueue=enqueue_look_through)
