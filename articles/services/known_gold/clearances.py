"""Who may do real work, where a project asks for training first."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import NotPermitted
from annotator.users.models import Project, User
from articles.models import Attempt, Clearance, Exercise
from articles.queries.known_gold.exercises import may_do_real_work, training_standing


class TrainingFirst(NotPermitted):
    """The project asks for training before real work."""


def require_training(*, project: Project, user: User) -> None:
    """Raises TrainingFirst where the user has something to practise or a test to pass."""
    if project.training_for_id:
        raise NotPermitted(_("This exercise is somebody else's."))
    if not may_do_real_work(project, user):
        raise TrainingFirst(
            _("This project begins with a training: hand in its exercises on the Training page first.")
        )


def clear_if_passed(*, project: Project, user: User) -> bool:
    """Open real work for somebody who has passed: it stays open when the project asks for more later."""
    passed = project.asks_for_training and training_standing(project, user).is_passed
    if passed:
        Clearance.objects.get_or_create(project=project, user=user)
    return passed


def let_through(*, project: Project, user: User, by: User) -> None:
    """Let somebody do real work without more exercises. Done twice, the first manager stays named."""
    Clearance.objects.get_or_create(project=project, user=user, defaults={"by": by})


def give_another_try(*, project: Project, user: User) -> int:
    """Set the user's tests aside, so that they can be taken again. Answers how many."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
        tests = (
            Attempt.objects.of(user)
            .counting()
            .filter(exercise__article__project=project, exercise__kind=Exercise.Kind.TEST)
        )
        return tests.update(set_aside_at=timezone.now())
