from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Invalid
from annotator.users.permissions import Permission
from articles.access.answers import (
    get_known_article_for,
    get_known_reading_for,
    get_scored_person_for,
    sees_scores_of_others,
)
from articles.access.caller import Caller, get_project_for
from articles.domain.charts.curve import GRID
from articles.forms.filters import read_filter
from articles.forms.known_articles import DrawForm
from articles.queries.articles import find_articles
from articles.queries.known_gold.attempts import reading_result
from articles.queries.known_gold.figures import (
    FEWEST_A_WEEK,
    KnownScore,
    known_rows,
    known_score,
    known_scores,
    own_score,
)
from articles.queries.known_gold.known_articles import about_known_articles, joinable, may_be_known
from articles.queries.suggestions.guard import FEWEST_ARTICLES
from articles.services.known_gold.known_articles import (
    MOST_AT_ONCE,
    add_known_articles,
    draw_known_articles,
    remove_known_article,
)
from articles.views.pages import project_page


@require_GET
@login_required
def known_articles(request: HttpRequest, slug: str) -> HttpResponse:
    """How people do on articles whose gold is known: reviewers and managers see everybody, others themselves.
    Managers choose the articles."""
    project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    if not sees_scores_of_others(caller):
        return _person(request, caller, own_score(project, caller.user))
    manages = caller.may(Permission.MANAGE)
    context = {
        "people": known_scores(project),
        "rows": known_rows(project) if manages else [],
        "possible": may_be_known(project).count() if manages else 0,
        "form": DrawForm(),
        "fewest_articles": FEWEST_ARTICLES,
    }
    return project_page(request, caller, "known", "articles/known.html", context)


@require_GET
@login_required
def person(request: HttpRequest, slug: str, username: str) -> HttpResponse:
    """One annotator's figures, week by week, and their articles."""
    project, caller = get_project_for(request.user, slug, Permission.REVIEW)
    return _person(request, caller, known_score(project, get_scored_person_for(caller, username)))


@require_GET
@login_required
def reading(request: HttpRequest, slug: str, reading_id: int) -> HttpResponse:
    """Where one article as it was handed in differs from gold."""
    _project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    found = get_known_reading_for(caller, reading_id)
    context = {
        "reading": found,
        "score": KnownScore(found.user, [found]),
        "result": reading_result(found),
        "is_own": found.user == caller.user,
    }
    return project_page(request, caller, "known", "articles/known_reading.html", context)


@require_POST
@login_required
def draw(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Put some finished articles into the test set by lot."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = DrawForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Say how many articles, from 1 to %(most)s.") % {"most": MOST_AT_ONCE})
    added = draw_known_articles(project=project, count=form.cleaned_data["count"], by=caller.user)
    _say_added(request, added)
    return redirect("articles:known", slug)


@require_POST
@login_required
def add(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Put those that the filter of the list of articles finds into the test set, as far as they can join."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    found = find_articles(project, read_filter(request.GET).wanted, user=caller.user)
    added = add_known_articles(project=project, articles=joinable(found, project), by=caller.user)
    _say_added(request, added)
    return redirect("articles:known", slug)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, known_id: int) -> HttpResponseRedirect:
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    remove_known_article(known=get_known_article_for(caller, known_id))
    messages.success(request, _("It is given to nobody any more. What people did there stays."))
    return redirect("articles:known", slug)


def _person(request: HttpRequest, caller: Caller, score: KnownScore) -> HttpResponse:
    context = {
        "score": score,
        "is_own": score.user == caller.user,
        "about": about_known_articles(caller.project),
        "grid": GRID,
        "fewest_articles": FEWEST_ARTICLES,
        "fewest_a_week": FEWEST_A_WEEK,
    }
    return project_page(request, caller, "known", "articles/known_person.html", context)


def _say_added(request: HttpRequest, added: int) -> None:
    if added:
        words = ngettext(
            "%(count)s article joined the test set.", "%(count)s articles joined the test set.", added
        )
        messages.success(request, words % {"count": added})
    else:
        messages.info(
            request,
            _(
                "No article could join: its gold has to be approved, and annotators must not find its "
                "answers in an exercise, a reprint or the guidelines."
            ),
        )
