from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from annotator.lib.errors import Invalid
from annotator.schemas.queries import published_definition
from annotator.users.models import QueueOrder
from annotator.users.permissions import Permission
from articles.access.caller import Caller, get_project_for
from articles.forms.filters import (
    COMMENTS,
    TWINS,
    ArticleFilterForm,
    PriorityForm,
    read_filter,
    require_valid,
)
from articles.models import REVIEWABLE, Status
from articles.queries.articles import find_articles, languages, ordered, status_counts, without_text
from articles.queries.assignments.people import claims_on
from articles.queries.pages import page_of
from articles.queries.stories.members import reprint_counts
from articles.queries.stories.twins import repeated_by
from articles.queries.threads import open_threads_of
from articles.services.assignments.ranks import set_priority
from articles.views.pages import project_page

PAGE_SIZE = 50
_ORDERINGS = (
    ("", gettext_lazy("Added, oldest first")),
    ("-id", gettext_lazy("Added, newest first")),
    ("published_on", gettext_lazy("Published, oldest first")),
    ("-published_on", gettext_lazy("Published, newest first")),
)


@require_GET
@login_required
def articles(request: HttpRequest, slug: str) -> HttpResponse:
    """The project's articles: searched, narrowed, ordered, a page at a time."""
    _project, caller = get_project_for(request.user, slug)
    form = ArticleFilterForm(request.GET)
    page = _page(request, caller, form) if form.is_valid() else None
    context = {
        **_filter_choices(caller),
        "form": form,
        "narrowed": any(request.GET.get(name) for name in form.fields if name != "q"),
        "review_statuses": REVIEWABLE if caller.may(Permission.REVIEW) else (),
        "page": page,
        "repeated": repeated_by(page.rows) if page else {},
        "reprints": reprint_counts(page.rows) if page else {},
        "open_threads": open_threads_of(page.rows, caller.user) if page else {},
        "claims": claims_on(page.rows) if page and caller.may(Permission.MANAGE) else {},
    }
    status = 200 if form.is_valid() else 400
    return project_page(request, caller, "articles", "articles/articles.html", context, status)


@require_POST
@login_required
def prioritise(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Give all articles that the list's filter finds a place before or after the others in the queue."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    list_url = f"{reverse('articles:articles', args=[slug])}?{request.GET.urlencode()}"
    try:
        found = find_articles(project, read_filter(request.GET).wanted, user=caller.user)
        priority = require_valid(PriorityForm(request.POST)).cleaned_data["priority"]
    except Invalid as error:
        messages.error(request, str(error))
        return redirect(list_url)
    ids = list(found.values_list("pk", flat=True))
    given = set_priority(articles=ids, project=project, priority=priority)
    by_priority = project.queue_order == QueueOrder.PRIORITY
    said = ngettext(
        "%(count)s article: priority %(priority)s.", "%(count)s articles: priority %(priority)s.", given
    ) % {"count": intcomma(given), "priority": priority}
    later = "" if by_priority else _("It counts once the project's settings say: by priority.")
    messages.success(request, " ".join(filter(None, [said, later])))
    return redirect(list_url)


def _page(request: HttpRequest, caller: Caller, form: ArticleFilterForm) -> Any:
    found = without_text(find_articles(caller.project, form.wanted, user=caller.user))
    ordering = form.chosen_ordering
    return page_of(ordered(found, ordering), ordering, cursor=request.GET.get("cursor"), size=PAGE_SIZE)


def _filter_choices(caller: Caller) -> dict[str, Any]:
    project, counts = caller.project, status_counts(caller.project, caller.user)
    return {
        "counts": counts,
        "total": sum(counts.values()),
        "labels": sorted(published_definition(project.pk).active_names),
        "languages": languages(project),
        "statuses": Status.choices,
        "orderings": _ORDERINGS,
        "comment_choices": COMMENTS,
        "twin_choices": TWINS,
    }
