from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from articles.access import get_article_for, get_project_for
from articles.domain.carrying import Alignment
from articles.domain.side_by_side import side_by_side
from articles.forms.stories import StoriesForm
from articles.queries.stories import members_of, stories_of

PAGE_SIZE = 50


@require_GET
@login_required
def stories(request: HttpRequest, slug: str) -> HttpResponse:
    """Articles that nearly repeat each other, group by group."""
    project, caller = get_project_for(request.user, slug)
    form = StoriesForm(request.GET)
    found, more = stories_of(project, order=form.chosen_order, number=form.number, size=PAGE_SIZE)
    context = {
        "project": project,
        "caller": caller,
        "tab": "stories",
        "form": form,
        "stories": found,
        "previous": form.number - 1,
        "next": form.number + 1 if more else 0,
    }
    return render(request, "articles/stories.html", context)


@require_GET
@login_required
def story(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """The story that an article belongs to."""
    article, caller = get_article_for(request.user, article_id, project=slug)
    members = members_of(article)
    context = {
        "project": caller.project,
        "caller": caller,
        "tab": "stories",
        "members": members,
        "head": members[0].article,
    }
    return render(request, "articles/story.html", context)


@require_GET
@login_required
def compare(request: HttpRequest, slug: str, article_id: int, other_id: int) -> HttpResponse:
    """Two articles side by side."""
    first, caller = get_article_for(request.user, article_id, project=slug)
    second, _ = get_article_for(request.user, other_id, project=slug)
    context = {
        "project": caller.project,
        "caller": caller,
        "tab": "stories",
        "first": first,
        "second": second,
        "pair": (first, second),
        "rows": side_by_side(Alignment(first.text, second.text)),
    }
    return render(request, "articles/story_compare.html", context)
