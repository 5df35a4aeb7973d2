"""Exercises of a project, and where people stand with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from annotator.users.models import Project, Role, User
from annotator.users.permissions import role_of
from articles.models import (
    Article,
    Assignment,
    Attempt,
    Clearance,
    Exercise,
    KnownArticle,
)
from articles.queries.gold.approved import gold_articles

# How many articles a manager chooses from at once.
OFFERED = 200


@dataclass(frozen=True)
class TrainingStanding:
    """Where a person stands: practice articles and test articles, asked for and handed in, and the mean F1
    over the tests, in percent, rounded down; None before the first."""

    practice_needed: int
    practice_done: int
    tests: int
    tests_done: int
    percent: int | None
    pass_mark: int
    is_cleared: bool = False

    @property
    def has_practised(self) -> bool:
        return self.practice_done >= self.practice_needed

    @property
    def has_failed(self) -> bool:
        """All tests are handed in, and it is not enough."""
        return 0 < self.tests <= self.tests_done and (self.percent or 0) < self.pass_mark

    @property
    def is_passed(self) -> bool:
        if self.is_cleared:
            return True
        return self.has_practised and self.tests_done >= self.tests and not self.has_failed


@dataclass(frozen=True)
class ExerciseRow:
    """An exercise as one person sees it; `attempt` is the one that counts."""

    exercise: Exercise
    attempt: Attempt | None


@dataclass(frozen=True)
class PersonRow:
    user: User
    standing: TrainingStanding


def exercises_of(project: Project) -> QuerySet[Exercise]:
    return Exercise.objects.of(project).select_related("article").defer("article__text")


def exercise_rows(project: Project, user: User) -> list[ExerciseRow]:
    mine = Attempt.objects.of(user).counting().filter(exercise__article__project=project)
    attempts = {one.exercise_id: one for one in mine}
    return [ExerciseRow(one, attempts.get(one.pk)) for one in exercises_of(project)]


def people_rows(project: Project) -> list[PersonRow]:
    """All annotators of the project, in a fixed number of queries."""
    members = User.objects.filter(memberships__project=project, memberships__role=Role.ANNOTATOR)
    people = list(members.order_by("username"))
    standings = training_standings(project, people)
    return [PersonRow(one, standings[one.pk]) for one in people]


def training_standing(project: Project, user: User) -> TrainingStanding:
    return training_standings(project, [user])[user.pk]


def training_standings(project: Project, people: Sequence[User]) -> dict[int, TrainingStanding]:
    """By person's id. Whoever has handed in an article of the project is through."""
    kinds = dict(Exercise.objects.of(project).values_list("pk", "kind"))
    scores = _scores(people, kinds)
    cleared = _cleared(project, people)
    tests = {pk for pk, kind in kinds.items() if kind == Exercise.Kind.TEST}
    asked = min(project.practice_articles, len(kinds) - len(tests))
    found = {}
    for person in people:
        practised, tested = scores[person.pk]
        found[person.pk] = TrainingStanding(
            practice_needed=asked,
            practice_done=len(practised),
            tests=len(tests) if project.pass_mark else 0,
            tests_done=len(tested),
            percent=_percent(tested.values()),
            pass_mark=project.pass_mark,
            is_cleared=person.pk in cleared,
        )
    return found


def may_do_real_work(project: Project, user: User) -> bool:
    """Whether nothing is to be practised first. Reviewers and managers are exempt."""
    if not project.asks_for_training or role_of(user, project) != Role.ANNOTATOR:
        return True
    return training_standing(project, user).is_passed


def to_choose_from(project: Project) -> QuerySet[Article]:
    """Articles with approved gold that are no exercises, the latest first, at most OFFERED."""
    free = gold_articles(project).exclude(pk__in=Exercise.objects.of(project).values("article"))
    free = free.exclude(pk__in=KnownArticle.objects.of(project).values("article"))
    return free.only("pk", "title").order_by("-pk")[:OFFERED]


def is_open_exercise(article: Article) -> bool:
    """Whether annotators still practise or are tested on the article."""
    exercise = Exercise.objects.filter(article=article, retired_at__isnull=True)
    return article.project.asks_for_training and exercise.exists()


def is_asked(article: Article) -> bool:
    """Whether annotators are to answer for themselves what the article's gold says: as an exercise, or as one
    of the test set."""
    known = KnownArticle.objects.of(article.project).filter(article=article)
    return is_open_exercise(article) or known.exists()


def hides_answers(article: Article, user: User) -> bool:
    """Whether the article is an exercise that this annotator has not handed in, so that nobody learns the
    answers by opening it."""
    if not article.project.asks_for_training:
        return False
    exercise = Exercise.objects.filter(article=article, retired_at__isnull=True)
    done = Attempt.objects.of(user).counting().filter(exercise__article=article, graded_at__isnull=False)
    return exercise.exists() and not done.exists()


def with_hidden_answers(project: Project, user: User) -> Q:
    """The articles of the project of which `hides_answers` says so, as a condition."""
    if not project.asks_for_training:
        return Q(pk__isnull=True)
    exercises = Exercise.objects.filter(article=OuterRef("pk"), retired_at__isnull=True)
    graded = Attempt.objects.of(user).counting().filter(graded_at__isnull=False)
    return Q(Exists(exercises), ~Exists(graded.filter(exercise__article=OuterRef("pk"))))


def addresses_of_copy(article: Article) -> dict[str, str]:
    """Where the editor leads from an attempt: to its result and to the training page, not to real work.
    Nothing for a real article."""
    attempt = Attempt.objects.filter(copy=article).select_related("copy__project__training_for").first()
    project = article.project.training_for
    if attempt is None or project is None:
        return {}
    training = reverse("articles:training", args=[project.slug])
    return {
        "result": reverse("articles:attempt", args=[project.slug, attempt.pk]),
        "list": training,
        "members": reverse("api:members", args=[project.slug]),
        "next": "",
        "reopen": "",
    }


def _scores(
    people: Iterable[User], kinds: Mapping[int, str]
) -> Mapping[int, tuple[set[int], dict[int, float]]]:
    """By person: the practice exercises they have ever handed in, and the score of each test that counts."""
    found: dict[int, tuple[set[int], dict[int, float]]] = defaultdict(lambda: (set(), {}))
    rows = Attempt.objects.filter(user__in=list(people), exercise__in=list(kinds), graded_at__isnull=False)
    for person, exercise, exact, aside in rows.values_list("user", "exercise", "exact", "set_aside_at"):
        practised, tested = found[person]
        if kinds[exercise] == Exercise.Kind.PRACTICE:
            practised.add(exercise)
        elif aside is None:
            tested[exercise] = exact or 0.0
    return found


def _cleared(project: Project, people: Iterable[User]) -> set[int]:
    ids = [one.pk for one in people]
    let_through = Clearance.objects.filter(project=project, user__in=ids)
    handed_in = Assignment.objects.filter(article__project=project, user__in=ids, submitted_at__isnull=False)
    return {*let_through.values_list("user", flat=True), *handed_in.values_list("user", flat=True)}


def _percent(scores: Iterable[float]) -> int | None:
    scores = list(scores)
    # Rounded down, so that nobody reads the pass mark and has not passed; 0.3 * 100 is a little less than 30.
    return int(100 * sum(scores) / len(scores) + 1e-9) if scores else None
