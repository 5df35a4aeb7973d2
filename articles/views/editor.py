from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from annotator.lib.markdown import render_markdown
from annotator.users.permissions import Permission
from articles.access import Caller, get_article_for
from articles.models import Article
from articles.queries.editor import editor_data


@require_GET
@login_required
@ensure_csrf_cookie
def annotate(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """The editor on the caller's own layer."""
    article, caller = get_article_for(request.user, article_id, project=slug)
    return _editor(request, caller, article, review=False)


@require_GET
@login_required
@ensure_csrf_cookie
def review(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """The editor on the gold layer."""
    article, caller = get_article_for(request.user, article_id, Permission.REVIEW, project=slug)
    return _editor(request, caller, article, review=True)


def _editor(request: HttpRequest, caller: Caller, article: Article, *, review: bool) -> HttpResponse:
    project = caller.project
    bootstrap = {
        **editor_data(caller, article, review=review),
        "project": {
            "slug": project.slug,
            "name": project.name,
            "url": reverse("articles:project", args=[project.slug]),
            "guidelines_html": render_markdown(project.guidelines),
        },
        "urls": _urls(project.slug, article.pk, review=review),
    }
    return render(request, "articles/editor.html", {"bootstrap": bootstrap, "article": article})


def _urls(slug: str, article_id: int, *, review: bool) -> dict[str, str]:
    author = "gold" if review else "me"
    page = "articles:review" if review else "articles:editor"
    return {
        "edits": reverse("api:edits", args=[article_id, author]),
        "layer": reverse("api:layer", args=[article_id, author]),
        "submit": reverse("api:submit", args=[article_id]),
        "reopen": reverse("api:reopen", args=[article_id]),
        "approve": reverse("api:approve", args=[article_id]),
        "next": reverse("api:next-review" if review else "api:next", args=[slug]),
        "editor": reverse(page, args=[slug, 0]).replace("/0/", "/{id}/"),
        "list": reverse("articles:articles", args=[slug]),
        "login": reverse("account_login"),
    }
