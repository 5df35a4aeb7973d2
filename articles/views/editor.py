from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from annotator.users.permissions import Permission
from articles.access.articles import get_article_for
from articles.access.caller import Caller
from articles.access.layers import get_reading_for
from articles.models import Article
from articles.queries.corrections.versions import TextCorrected
from articles.queries.editor.reading import opened_article, opened_reading


@require_GET
@login_required
@ensure_csrf_cookie
def annotate(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """The editor on the caller's own layer."""
    try:
        article, caller = get_article_for(request.user, article_id, project=slug)
    except TextCorrected as moved:
        return redirect("articles:editor", slug, moved.article)
    return _editor(request, caller, article, review=False)


@require_GET
@login_required
@ensure_csrf_cookie
def review(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """The editor on the gold layer."""
    try:
        article, caller = get_article_for(request.user, article_id, Permission.REVIEW, project=slug)
    except TextCorrected as moved:
        return redirect("articles:review", slug, moved.article)
    return _editor(request, caller, article, review=True)


@require_GET
@login_required
@ensure_csrf_cookie
def reading(request: HttpRequest, slug: str, article_id: int, username: str) -> HttpResponse:
    """The editor on the layer of somebody else, to be read."""
    try:
        article, caller = get_article_for(request.user, article_id, project=slug)
    except TextCorrected as moved:
        return redirect("articles:reading", slug, moved.article, username)
    layer, author = get_reading_for(caller, article, username)
    bootstrap = opened_reading(caller, article, layer, author)
    return render(request, "articles/editor.html", {"bootstrap": bootstrap, "article": article})


def _editor(request: HttpRequest, caller: Caller, article: Article, *, review: bool) -> HttpResponse:
    bootstrap = opened_article(caller, article, review=review)
    return render(request, "articles/editor.html", {"bootstrap": bootstrap, "article": article})
