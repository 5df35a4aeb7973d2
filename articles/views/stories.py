from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Refused
from annotator.users.permissions import Permission
from articles.access.articles import get_article_for
from articles.access.caller import get_project_for
from articles.domain.stories.carrying import Alignment
from articles.domain.stories.side_by_side import side_by_side
from articles.forms.stories import StoriesForm
from articles.queries.stories.carrying import carried_by, carried_counts
from articles.queries.stories.members import base_of, count_in_story, count_unfinished, members_of, stories_of
from articles.services.carrying import CarriedOver, carry_gold_over
from articles.views.pages import project_page

PAGE_SIZE = 50


@require_GET
@login_required
def stories(request: HttpRequest, slug: str) -> HttpResponse:
    """Articles that nearly repeat each other, group by group."""
    project, caller = get_project_for(request.user, slug)
    form = StoriesForm(request.GET)
    found, more = stories_of(project, order=form.chosen_order, number=form.number, size=PAGE_SIZE)
    context = {
        "form": form,
        "stories": found,
        "previous": form.number - 1,
        "next": form.number + 1 if more else 0,
    }
    return project_page(request, caller, "stories", "articles/stories.html", context)


@require_GET
@login_required
def story(request: HttpRequest, slug: str, article_id: int) -> HttpResponse:
    """The story that an article belongs to."""
    article, caller = get_article_for(request.user, article_id, project=slug)
    members = members_of(article)
    context = {
        "members": members,
        "head": members[0].article,
        "base": base_of(members),
        "total": count_in_story(article),
        "unfinished": count_unfinished(article),
        "carried": carried_counts(members) if caller.may(Permission.REVIEW) else {},
    }
    return project_page(request, caller, "stories", "articles/story.html", context)


@require_GET
@login_required
def compare(request: HttpRequest, slug: str, article_id: int, other_id: int) -> HttpResponse:
    """Two articles side by side."""
    first, caller = get_article_for(request.user, article_id, project=slug)
    second, _ = get_article_for(request.user, other_id, project=slug)
    alignment = Alignment(first.text, second.text)
    carried = carried_by(first, alignment) if caller.may(Permission.REVIEW) else None
    context = {
        "first": first,
        "second": second,
        "pair": (first, second),
        "rows": side_by_side(alignment),
        "carried": carried,
        "doubtful": [(one.surface(first.text), one.label) for one in carried.doubtful] if carried else [],
    }
    return project_page(request, caller, "stories", "articles/story_compare.html", context)


@require_POST
@login_required
def carry(request: HttpRequest, slug: str, article_id: int) -> HttpResponseRedirect:
    """Suggest the article's gold in the unfinished articles of its story."""
    article, caller = get_article_for(request.user, article_id, Permission.REVIEW, project=slug)
    try:
        done = carry_gold_over(article=article, by=caller.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        _tell(request, done)
    return redirect("articles:story", slug, article_id)


def _tell(request: HttpRequest, done: CarriedOver) -> None:
    if not done.articles:
        messages.info(request, gettext("All unfinished articles of this story have it already."))
        return
    words = ngettext(
        "Carried over to %(number)s article, to be accepted there.",
        "Carried over to %(number)s articles, to be accepted there.",
        done.articles,
    )
    messages.success(request, words % {"number": done.articles})
    if done.doubtful:
        words = ngettext(
            "%(number)s span had no certain place. Compare the texts to see it.",
            "%(number)s spans had no certain place. Compare the texts to see them.",
            done.doubtful,
        )
        messages.info(request, words % {"number": done.doubtful})
    if done.left:
        words = ngettext(
            "%(number)s article still waits: carry over again.",
            "%(number)s articles still wait: carry over again.",
            done.left,
        )
        messages.info(request, words % {"number": done.left})
