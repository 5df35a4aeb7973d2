"""Training: an engine learns from the gold of its project, and goes live when it has become better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.schemas.queries import published_version
from annotator.users.models import Project, User
from articles.domain.measures.scores import Scores, summary
from articles.engines.base import EngineError
from articles.engines.teaching import SHARES, Count, Course, learning_curve
from articles.models import EngineVersion, Job, ProjectEngine
from articles.queries.engines.training import FIRST_AT, due_engines, training_at_work
from articles.queries.files import open_stored
from articles.queries.gold.approved import gold_articles, gold_digest
from articles.services.engines.gold_parts import deal_gold
from articles.services.engines.lessons import course_for, learning_class
from articles.services.engines.versions import forget_models, make_live, next_number
from articles.services.files import store_file
from articles.services.jobs.lifecycle import (
    Cancelled,
    Enqueue,
    Progress,
    claim_job,
    create_job,
    finish_job,
    working_on,
)


def start_training(*, engine: ProjectEngine, by: User | None, enqueue: Enqueue) -> Job:
    """Queue a training, or answer the one that is at work for this engine. Locks the project's row.

    Raises Refused for an engine that cannot learn, with too little gold, and while another engine learns.
    """
    project = engine.project
    if project.is_archived:
        raise Refused(_("This project is archived, so nothing learns. Open it again under Settings."))
    try:
        learning_class(engine)
    except EngineError as error:
        raise Refused(str(error)) from error
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        at_work = training_at_work(project)
        if at_work and at_work.params["engine"] == engine.name:
            return at_work
        if at_work:
            raise Refused(
                _("%(params)s is learning now. One engine learns at a time.")
                % {"params": at_work.params["engine"]}
            )
        count = gold_articles(project).count()
        if count < FIRST_AT:
            raise Refused(
                _("It learns from the %(first_at)sth gold article on; there are %(count)s so far.")
                % {"first_at": FIRST_AT, "count": count}
            )
        about = {"engine": engine.name, "engines": [engine.name]}
        params = {**about, "articles": count, "gold": gold_digest(project)}
        job = create_job(project=project, kind=Job.Kind.TRAIN, by=by, params=params)
        enqueue(job.pk)
    return job


def start_due_trainings(*, enqueue: Enqueue, nightly: bool = False) -> int:
    """Start trainings where there is enough new gold, of one engine a project. Answers how many."""
    started = 0
    for engine in list(due_engines(nightly=nightly)):
        with suppress(Refused):  # it cannot work here, or something changed in this moment
            start_training(engine=engine, by=None, enqueue=enqueue)
            started += 1
    return started


def work_on_training(job_id: int, *, enqueue_run: Enqueue) -> None:
    """Teach the engine, measure it, and make the new version live if it is better. Everything is stored in
    one transaction at the end: a worker that is killed leaves nothing, and the next one begins anew."""
    job = claim_job(job_id)
    if job is None:
        return
    with working_on(job) as progress:
        rows = ProjectEngine.objects.select_related("project")
        engine = rows.get(project=job.project_id, name=job.params["engine"])
        schema_version = published_version(job.project_id).number
        deal_gold(project=engine.project)
        course = course_for(engine)
        Job.objects.filter(pk=job.pk).update(total=_planned(course))
        work = _Work(progress)
        trained = _train(course, schema_version, work)
        _conclude(job, engine, trained, work, enqueue_run)


class _Work:
    """Progress, counted in lessons. Each step advances by the number that is planned for it, however the
    engine counts."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._progress.count(0)

    @contextmanager
    def step(self, lessons: int) -> Iterator[Count]:
        """Gives the function that counts progress within the step. It raises Cancelled."""
        end = self._done + lessons

        def count(more: int) -> None:
            self._progress.count(max(0, min(more, end - self._done)))

        yield count
        count(lessons)

    @property
    def _done(self) -> int:
        return self._progress.done or 0


@dataclass(frozen=True)
class _Trained:
    course: Course
    schema_version: int
    model: bytes
    scores: Scores
    curve: list[dict[str, Any]]
    seconds: float

    @property
    def f1(self) -> float:
        return self.scores.exact.micro.f1


def _planned(course: Course) -> int:
    """The work in lessons: those to learn from and to measure on, those to measure the live version on, and
    the learning curve."""
    return len(course.learn) + 2 * len(course.held_out) + _planned_curve(course)


def _planned_curve(course: Course) -> int:
    return round(sum(SHARES) * len(course.learn)) + len(SHARES) * len(course.held_out)


def _train(course: Course, schema_version: int, work: _Work) -> _Trained:
    began = monotonic()
    with work.step(len(course.learn)) as count:
        model = course.teach(course.learn, count)
    seconds = monotonic() - began
    with work.step(len(course.held_out)) as count:
        scores = course.test(model, count)
    with work.step(_planned_curve(course)) as count:
        curve = learning_curve(course, seconds=seconds, count=count)
    return _Trained(course, schema_version, model, scores, curve, seconds)


def _conclude(job: Job, engine: ProjectEngine, trained: _Trained, work: _Work, enqueue_run: Enqueue) -> None:
    """Compare the new version with the live one on the same articles, and store it. If another version has
    become live meanwhile, compare with that one."""
    while True:
        live = _live(engine)
        with work.step(len(trained.course.held_out)) as count:
            live_f1 = _f1_now(live, trained.course, count)
        with transaction.atomic():
            Project.objects.select_for_update(no_key=True).get(pk=engine.project_id)
            if _live(engine) == live:
                version = _keep(job, engine, trained, live, live_f1)
                run = None
                if _is_better(trained.f1, live_f1):
                    run = make_live(version=version, by=None, enqueue_run=enqueue_run)
                forget_models(engine=engine)
                _finish(job, version, run)
                return


def _live(engine: ProjectEngine) -> EngineVersion | None:
    return EngineVersion.objects.live().filter(engine=engine).select_related("model").first()


def _f1_now(live: EngineVersion | None, course: Course, count: Count) -> float | None:
    """F1 of the live version on the articles that are held out now; None when there is no live version, or it
    cannot be read."""
    if live is None or live.model is None:
        return None
    try:
        return course.test(open_stored(live.model).read(), count).exact.micro.f1
    except EngineError:
        return None


def _is_better(f1: float, live_f1: float | None) -> bool:
    return f1 > (live_f1 or 0.0)


def _keep(
    job: Job, engine: ProjectEngine, trained: _Trained, live: EngineVersion | None, live_f1: float | None
) -> EngineVersion:
    course, number = trained.course, next_number(engine)
    return EngineVersion.objects.create(
        engine=engine,
        number=number,
        state=EngineVersion.State.REFUSED,
        reason=_reason(trained.f1, len(course.held_out), live, live_f1),
        model=store_file(name=f"{engine.name}-{number}", pieces=[trained.model]),
        job=job,
        schema_version=trained.schema_version,
        articles=len(course.learn),
        held_out=len(course.held_out),
        figures={
            "scores": summary(trained.scores),
            "curve": trained.curve,
            "against": {"number": live.number, "f1": live_f1} if live else None,
            "learned": Counter(span.label for lesson in course.learn for span in lesson.spans),
            "texts": len(course.texts),
            "seconds": round(trained.seconds, 1),
        },
    )


def _reason(f1: float, held_out: int, live: EngineVersion | None, live_f1: float | None) -> str:
    measured = f"F1 is {f1:.3f} on {held_out} articles that it has not seen"
    if not _is_better(f1, live_f1) and not f1:
        return f"It found nothing right in {held_out} articles that it has not seen."
    if live is None:
        return f"The first version: {measured}."
    if live_f1 is None:
        return f"Version {live.number} can no longer be read. {measured}."
    if _is_better(f1, live_f1):
        return f"Better: {measured}; version {live.number} has {live_f1:.3f} there."
    return f"Not better: {measured}; version {live.number}, which stays live, has {live_f1:.3f} there."


def _finish(job: Job, version: EngineVersion, run: Job | None) -> None:
    """End the job. Raises Cancelled, so that nothing is stored, if another worker has ended it."""
    Job.objects.filter(pk=job.pk).update(done=Job.objects.values_list("total", flat=True).get(pk=job.pk))
    report = {"version": version.number, "state": version.state, "reason": version.reason}
    report |= {"run": run.pk} if run else {}
    if not finish_job(job_id=job.pk, state=Job.State.SUCCEEDED, report=report):
        raise Cancelled
