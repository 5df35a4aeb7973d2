"""Texts that are corrected: how, what there was before, and what is to be looked at."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotator.lib.errors import Refused
from annotator.lib.pages import sentences, status_of
from annotator.users.permissions import Permission
from articles.access.articles import get_article_for, get_text_for
from articles.access.caller import Caller, get_project_for
from articles.access.layers import get_layer_for
from articles.access.setup import get_correction_todo_of
from articles.domain.stories.carrying import Alignment
from articles.domain.stories.side_by_side import side_by_side
from articles.forms.corrections import CorrectionForm, line_end_of
from articles.models import Article, Correction
from articles.queries.corrections.marked_texts import marked_text
from articles.queries.corrections.todos import todo_rows, todos_for, with_words
from articles.queries.corrections.versions import text_that_counts, version_number, versions_of
from articles.queries.layers.bodies import visible_layers
from articles.queries.pages import Ordering, page_of
from articles.services.corrections.correcting import correct_text, plan_correction, undo_correction
from articles.services.corrections.todos import settle_correction_todo
from articles.tasks.runs import enqueue_run
from articles.views.pages import project_page

PAGE_SIZE = 50
OLDEST_FIRST = Ordering("id")


@require_http_methods(["GET", "POST"])
@login_required
def correct(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """Correct an article's text: first what it would change, then for good."""
    article, caller = get_article_for(request.user, article_id, Permission.MANAGE, project=slug)
    if request.method == "GET":
        return _text_page(request, caller, article, CorrectionForm(initial={"text": article.text}))
    form = CorrectionForm(request.POST, line_end=line_end_of(article.text))
    if not form.is_valid():
        return _text_page(request, caller, article, form, status=400)
    text, reason = form.cleaned_data["text"], form.cleaned_data["reason"]
    try:
        if "confirm" not in request.POST:
            return _preview(request, caller, article, form)
        made = correct_text(
            article=article, text=text, by=caller.user, reason=reason, enqueue_run=enqueue_run
        )
    except Refused as refusal:
        return _text_page(request, caller, article, form, refusal=refusal)
    messages.success(request, gettext("The text is corrected. Engines read it again."))
    return redirect("articles:text-versions", slug, made.article_id)


@require_GET
@login_required
def versions(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """All texts that an article has had, with what each correction changed."""
    article, caller = get_text_for(request.user, article_id, project=slug)
    current = text_that_counts(article.pk)
    found = versions_of(article)
    made = next((one.correction for one in found if one.is_current), None)
    context = {
        "article": next(one.article for one in found if one.article.pk == current),
        "versions": found,
        "may_undo": bool(made and caller.may(Permission.MANAGE)),
        "rows": _what_changed(made) if made else [],
    }
    return project_page(request, caller, "articles", "articles/text_versions.html", context)


@require_GET
@login_required
def reading(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """A text with one layer, as it is: also one that was corrected since."""
    article, caller = get_text_for(request.user, article_id, project=slug)
    layers = visible_layers(caller, article)
    author = request.GET.get("layer") or (layers[0]["author"] if layers else "")
    layer = get_layer_for(caller, article, author) if author else None
    context = {
        "article": article,
        "number": version_number(article),
        "current": text_that_counts(article.pk),
        "layers": layers,
        "author": author,
        "pieces": marked_text(article, layer),
    }
    return project_page(request, caller, "articles", "articles/text_reading.html", context)


@require_POST
@login_required
def undo(request: HttpRequest, slug: str, article_id: int) -> HttpResponseRedirect:
    """Take the newest correction of the article back."""
    article, caller = get_article_for(request.user, article_id, Permission.MANAGE, project=slug)
    try:
        old = undo_correction(correction=_made(article), by=caller.user)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("articles:text-versions", slug, article_id)
    messages.success(request, gettext("The text is as it was before."))
    return redirect("articles:text-versions", slug, old.pk)


@require_GET
@login_required
def todos(request: HttpRequest, slug: str) -> HttpResponse:
    """Places of corrected texts to be looked at: in the caller's own layers, and gold's for reviewers."""
    _, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    return _todo_page(request, caller)


@require_POST
@login_required
def settle(request: HttpRequest, slug: str, place_id: int) -> HttpResponse:
    """Answer one of them."""
    _, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    todo = get_correction_todo_of(caller, place_id)
    try:
        settle_correction_todo(todo=todo, value=request.POST.get("answer", ""), by=caller.user)
    except Refused as refusal:
        return _todo_page(request, caller, refusal)
    return redirect("articles:corrections", slug)


def _made(article: Article) -> Correction:
    found = next((one.correction for one in versions_of(article) if one.is_current), None)
    if found is None:
        raise Refused(gettext("This text was never corrected."))
    return found


def _what_changed(correction: Correction) -> list[object]:
    return [
        row
        for row in side_by_side(Alignment(correction.corrected.text, correction.article.text))
        if not row.is_same
    ]


def _text_page(
    request: HttpRequest,
    caller: Caller,
    article: Article,
    form: CorrectionForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "article": article,
        "form": form,
        "problem": sentences(refusal) if refusal else [],
    }
    if refusal:
        status = status_of(refusal)
    return project_page(request, caller, "articles", "articles/text_correct.html", context, status)


def _preview(request: HttpRequest, caller: Caller, article: Article, form: CorrectionForm) -> HttpResponse:
    text = form.cleaned_data["text"]
    plans = plan_correction(article=article, text=text)
    rows = [row for row in side_by_side(Alignment(article.text, text)) if not row.is_same]
    asked = sum(one.asks for one in plans)
    words = ngettext("%(count)s place to be looked at again", "%(count)s places to be looked at again", asked)
    context = {
        "article": article,
        "form": form,
        "plans": plans,
        "rows": rows,
        "asked": words % {"count": asked},
        "opens_gold": any(one.layer.approved_at and one.asks for one in plans),
    }
    return project_page(request, caller, "articles", "articles/text_preview.html", context)


def _todo_page(request: HttpRequest, caller: Caller, refusal: Refused | None = None) -> HttpResponse:
    listed = todos_for(caller.project, caller.user, reviews=caller.may(Permission.REVIEW))
    page = page_of(with_words(listed), OLDEST_FIRST, cursor=request.GET.get("cursor"), size=PAGE_SIZE)
    context = {
        "page": page,
        "left": listed.count(),
        "rows": list(todo_rows(page.rows, caller.project)),
        "problem": sentences(refusal) if refusal else [],
    }
    status = status_of(refusal) if refusal else 200
    return project_page(request, caller, "corrections", "articles/correction_todos.html", context, status)
