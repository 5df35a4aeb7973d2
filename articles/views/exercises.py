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
from articles.access.answers import get_attempt_for, get_exercise_for
from articles.access.caller import get_project_for
from articles.access.team import get_member_for
from articles.forms.exercises import ExerciseForm
from articles.queries.known_gold.attempts import attempt_result
from articles.queries.known_gold.exercises import (
    exercise_rows,
    exercises_of,
    may_do_real_work,
    people_rows,
    to_choose_from,
    training_standing,
)
from articles.services.known_gold.clearances import give_another_try, let_through
from articles.services.known_gold.exercises import begin_attempt, mark_exercise, retire_exercise
from articles.views.pages import project_page


@require_GET
@login_required
def training(request: HttpRequest, slug: str) -> HttpResponse:
    """What to practise and where one stands; for managers also the exercises and everybody's standing."""
    project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    manages = caller.may(Permission.MANAGE)
    context = {
        "rows": exercise_rows(project, caller.user),
        "standing": training_standing(project, caller.user),
        "is_open": may_do_real_work(project, caller.user),
        "exercises": exercises_of(project) if manages else [],
        "people": people_rows(project) if manages else [],
        "articles": to_choose_from(project) if manages else [],
        "form": ExerciseForm(),
    }
    return project_page(request, caller, "training", "articles/training.html", context)


@require_POST
@login_required
def begin(request: HttpRequest, slug: str, exercise_id: int) -> HttpResponseRedirect:
    """Open the caller's attempt in the editor."""
    project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    exercise = get_exercise_for(caller, exercise_id)
    begun = begin_attempt(project=project, exercise=exercise, user=caller.user)
    return redirect("articles:editor", begun.copy.project.slug, begun.copy_id)


@require_GET
@login_required
def attempt(request: HttpRequest, slug: str, attempt_id: int) -> HttpResponse:
    """Score and explained answers."""
    project, caller = get_project_for(request.user, slug, Permission.ANNOTATE)
    found = get_attempt_for(caller, attempt_id)
    if found.graded_at is None:
        messages.info(request, _("The answers are shown once it is handed in."))
        return redirect("articles:training", slug)
    context = {
        "attempt": found,
        "result": attempt_result(found),
        "standing": training_standing(project, found.user),
        "is_open": may_do_real_work(project, found.user),
        "is_own": found.user == caller.user,
    }
    return project_page(request, caller, "training", "articles/attempt.html", context)


@require_POST
@login_required
def add(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Make an article an exercise, or change one."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    form = ExerciseForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose an article and what it is for. A note has at most 5,000 characters."))
    mark_exercise(project=project, by=caller.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("articles:training", slug)


@require_POST
@login_required
def retire(request: HttpRequest, slug: str, exercise_id: int) -> HttpResponseRedirect:
    _project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    retire_exercise(exercise=get_exercise_for(caller, exercise_id))
    messages.success(request, _("It is an exercise no more. What people did there stays."))
    return redirect("articles:training", slug)


@require_POST
@login_required
def clear(request: HttpRequest, slug: str, username: str) -> HttpResponseRedirect:
    """Let somebody through."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    member = get_member_for(caller, username)
    let_through(project=project, user=member, by=caller.user)
    messages.success(request, _("%(name)s may do real work now.") % {"name": member.name})
    return redirect("articles:training", slug)


@require_POST
@login_required
def again(request: HttpRequest, slug: str, username: str) -> HttpResponseRedirect:
    """Give somebody another try at the tests."""
    project, caller = get_project_for(request.user, slug, Permission.MANAGE)
    member = get_member_for(caller, username)
    count = give_another_try(project=project, user=member)
    words = ngettext(
        "%(name)s can take %(count)s test again.", "%(name)s can take %(count)s tests again.", count
    )
    messages.success(request, words % {"name": member.name, "count": count})
    return redirect("articles:training", slug)
