from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project
from articles.domain.spans import Suggestion
from articles.engines.base import ArticleText, Stage
from articles.formats.base import Reading
from articles.models import Evaluation, GoldPart, Job, Layer, Mistake, ProjectEngine
from articles.services.engines.managing import change_engine
from articles.services.evaluations import (
    LISTED_EVALUATIONS,
    evaluate_what_is_due,
    start_evaluation,
    work_on_evaluation,
)
from articles.services.jobs.lifecycle import cancel_job
from articles.services.runs.layers import write_layers
from articles.services.runs.readings import make_ready
from articles.services.runs.work import work_on_run
from tests.builders import make_admin, make_article, make_articles, make_span, make_submitted
from tests.scenarios.evaluations import GuessingEngine, KnowingEngine, install, make_gold, measure


@pytest.fixture
def engine(project: Project, monkeypatch: pytest.MonkeyPatch) -> ProjectEngine:
    return install(project, monkeypatch, GuessingEngine)[0]


class LateEngine(GuessingEngine):
    name = "late"
    stage = Stage.MERGES


class OnceEngine(GuessingEngine):
    name = "once"
    reads_again = False

    def annotate(self, articles: Iterable[ArticleText]) -> Iterator[list[Suggestion]]:
        raise AssertionError("It must not be asked again.")


def test_figures_and_mistakes_of_an_engine(project: Project, engine: ProjectEngine) -> None:
    make_gold(project, 20)
    (evaluation,) = measure(project, engine)
    figures = evaluation.figures
    assert (evaluation.articles, evaluation.engine_version) == (20, "3")
    # Of 20 places 12 are right, 4 Portos are organisations, 4 Lagoses are missed; Monday is no place.
    assert figures["exact"]["labels"]["GPE"]["true_positive"] == 12
    assert figures["exact"]["labels"]["GPE"]["false_positive"] == 20
    assert figures["kinds"] == {"right": 12, "label": 4, "missed": 4, "boundary": 20, "invented": 20}
    assert ["GPE", "ORG", 4] in figures["confusion"]
    assert (figures["measured_on"], figures["failed"]) == ("gold", 0)
    kinds = Counter(Mistake.objects.filter(evaluation=evaluation).values_list("kind", flat=True))
    assert kinds == {"label": 4, "missed": 4, "boundary": 20, "invented": 20}


def test_a_mistake_tells_both_sides(project: Project, engine: ProjectEngine) -> None:
    make_gold(project, 3)  # the third is about Porto
    measure(project, engine)
    one = Mistake.objects.get(kind="label")
    assert (one.label, one.gold_label, one.confidence) == ("ORG", "GPE", 0.9)
    assert (one.start, one.end) == (one.gold_start, one.gold_end)
    invented = Mistake.objects.filter(kind="invented").first()
    assert invented is not None
    assert (invented.gold_start, invented.gold_end, invented.gold_label) == (None, None, "")


def test_nothing_is_written_to_layers(project: Project, engine: ProjectEngine) -> None:
    make_gold(project, 3)
    before = list(Layer.objects.order_by("pk").values())
    measure(project, engine)
    assert list(Layer.objects.order_by("pk").values()) == before


def test_only_approved_gold_counts(project: Project, engine: ProjectEngine) -> None:
    make_gold(project, 3)
    make_articles(project, 5)
    assert measure(project, engine)[0].articles == 3


def test_doing_a_finished_job_again_does_nothing(project: Project, engine: ProjectEngine) -> None:
    make_gold(project, 3)
    (evaluation,) = measure(project, engine)
    assert evaluation.job_id is not None
    work_on_evaluation(evaluation.job_id, enqueue_run=lambda _: None)
    assert Evaluation.objects.count() == 1


def test_a_cancelled_job_stores_nothing(project: Project, engine: ProjectEngine) -> None:
    make_gold(project, 3)
    job = start_evaluation(project=project, engines=[engine], by=None, enqueue=lambda _: None)
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    work_on_evaluation(job.pk, enqueue_run=lambda _: None)
    job.refresh_from_db()
    assert (job.state, Evaluation.objects.count()) == (Job.State.CANCELLED, 0)


def test_a_poison_article_is_left_out_and_named(project: Project, engine: ProjectEngine) -> None:
    make_gold(project, 3)
    poison = make_article(project, "This is poison, in Bergen.", spans=(make_span(19, 25, "GPE"),))
    (evaluation,) = measure(project, engine)
    assert evaluation.job is not None
    assert (evaluation.articles, evaluation.figures["failed"]) == (3, 1)
    assert evaluation.job.report["problems"][0]["article"] == poison.pk
    assert "poison" in evaluation.job.report["problems"][0]["reason"]


def test_when_every_article_fails_the_job_says_why(project: Project, engine: ProjectEngine) -> None:
    make_article(project, "This is poison, in Bergen.", spans=(make_span(19, 25, "GPE"),))
    assert measure(project, engine) == []
    job = Job.objects.get(kind=Job.Kind.EVALUATE)
    assert job.state == Job.State.FAILED
    assert "RuntimeError: poison" in job.error


def test_an_engine_that_cannot_work_is_left_out_with_its_reason(
    project: Project, engine: ProjectEngine
) -> None:
    make_gold(project, 3)
    gone = ProjectEngine.objects.create(project=project, name="gone", kind="gone")
    (evaluation,) = measure(project, engine, gone)
    assert evaluation.job is not None
    assert list(evaluation.job.report["left_out"]) == ["gone"]


def test_what_may_have_learned_is_measured_on_what_is_held_out(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, late = install(project, monkeypatch, GuessingEngine, LateEngine)
    articles = make_gold(project, 12)
    GoldPart.objects.bulk_create([GoldPart(article=one, held_out=n < 4) for n, one in enumerate(articles)])
    of_plain, of_late = measure(project, plain, late)
    assert (of_plain.articles, of_plain.figures["measured_on"]) == (12, "gold")
    assert (of_late.articles, of_late.figures["measured_on"]) == (4, "held_out")
    assert set(of_late.figures["by_article"]) == {str(one.pk) for one in articles[:4]}


def test_while_nothing_is_held_out_all_gold_counts(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (late,) = install(project, monkeypatch, LateEngine)
    make_gold(project, 5)
    (evaluation,) = measure(project, late)
    assert (evaluation.articles, evaluation.figures["measured_on"]) == (5, "gold")


def test_what_must_not_be_asked_again_is_measured_by_its_layers(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (once,) = install(project, monkeypatch, OnceEngine)
    make_gold(project, 4)
    text = "Mara Ellingsen spoke in Bergen."
    found = (make_span(24, 30, "GPE"), make_span(0, 4, "PERSON"))
    make_article(project, text, spans=(make_span(24, 30, "GPE"),), readings=(Reading("engine:once", found),))
    (evaluation,) = measure(project, once)
    assert (evaluation.articles, evaluation.figures["measured_on"]) == (1, "stored")
    assert evaluation.figures["kinds"] == {"right": 1, "invented": 1}


def test_the_ensemble_is_measured_by_what_the_others_say_or_have_said(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plain,) = install(project, monkeypatch, KnowingEngine)
    merging = ProjectEngine.objects.get(project=project, name="ensemble")
    articles = make_gold(project, 4)
    for row in measure(project, plain, merging):
        assert row.figures["exact"]["labels"]["PERSON"]["true_positive"] == 4
    assert measure(project, merging)[0].figures["kinds"] == {"missed": 8}  # nothing has been written yet
    found = [[Suggestion(0, one.text.index(" spoke"), "PERSON", 0.9)] for one in articles]
    write_layers(engine=plain, version="1", articles=articles, suggestions=found)
    assert measure(project, merging)[0].figures["kinds"] == {"right": 4, "missed": 4}


def test_the_ensemble_is_measured_as_it_merges_from_then_on(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plain,) = install(project, monkeypatch, GuessingEngine)
    merging = ProjectEngine.objects.get(project=project, name="ensemble")
    make_gold(project, 20)
    together, alone = measure(project, merging, plain)
    assert together.engine_version.startswith("1, 20 gold")
    assert together.engine_version == make_ready(merging, frozenset()).version
    error = together.figures["calibration"]["error"]
    assert error < alone.figures["calibration"]["error"]


def test_what_nobody_has_begun_is_merged_anew_when_gold_shows_more(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plain,) = install(project, monkeypatch, GuessingEngine)
    merging = ProjectEngine.objects.get(project=project, name="ensemble")
    ProjectEngine.objects.filter(pk=merging.pk).update(enabled=True)
    make_gold(project, 20)
    waiting, begun, _unread = make_articles(project, 3)
    write_layers(engine=merging, version="1, no gold", articles=[waiting, begun], suggestions=[[], []])
    make_submitted(begun, make_admin())
    measure(project, plain, merging)
    (run,) = Job.objects.filter(kind=Job.Kind.RUN)
    assert list(run.items.values_list("article", flat=True)) == [waiting.pk]
    work_on_run(run.pk)
    measure(project, plain, merging)
    assert Job.objects.filter(kind=Job.Kind.RUN).count() == 1


def test_without_gold_or_engines_nothing_is_measured(project: Project, engine: ProjectEngine) -> None:
    with pytest.raises(Invalid, match="No article is gold yet"):
        start_evaluation(project=project, engines=[engine], by=None, enqueue=lambda _: None)
    with pytest.raises(Invalid, match="at least one engine"):
        start_evaluation(project=project, engines=[], by=None, enqueue=lambda _: None)


def test_one_measurement_at_a_time(project: Project, engine: ProjectEngine) -> None:
    make_gold(project, 3)
    job = start_evaluation(project=project, engines=[engine], by=None, enqueue=lambda _: None)
    with pytest.raises(Refused, match="being measured already"):
        start_evaluation(project=project, engines=[engine], by=None, enqueue=lambda _: None)
    cancel_job(job=job)
    start_evaluation(project=project, engines=[engine], by=None, enqueue=lambda _: None)


def test_engines_are_measured_by_themselves_when_gold_has_grown_by_a_tenth(
    project: Project, engine: ProjectEngine
) -> None:
    def due() -> int:
        started: list[int] = []
        evaluate_what_is_due(enqueue=started.append)
        for job in started:
            work_on_evaluation(job, enqueue_run=lambda _: None)
        return len(started)

    make_gold(project, 9)
    assert due() == 0  # too little gold for a figure
    make_gold(project, 2, first=9)
    assert (due(), due()) == (1, 0)
    make_gold(project, 1, first=11)
    assert due() == 0
    make_gold(project, 1, first=12)
    assert due() == 1
    make_gold(project, 5, first=13)
    change_engine(engine=engine, enabled=False)
    assert due() == 0


def test_only_the_latest_evaluations_list_their_mistakes(
    project: Project, engine: ProjectEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_gold(project, 2)
    for _ in range(LISTED_EVALUATIONS + 1):
        measure(project, engine)
    listed = set(Mistake.objects.values_list("evaluation", flat=True))
    assert len(listed) == LISTED_EVALUATIONS
    assert min(listed) > min(Evaluation.objects.values_list("pk", flat=True))


def test_two_engines_are_measured_in_one_go(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    engines = install(project, monkeypatch, GuessingEngine, KnowingEngine)
    make_gold(project, 40)  # more than a batch
    guessing, knowing = measure(project, *engines)
    assert guessing.articles == knowing.articles == 40
    assert knowing.figures["exact"]["micro"]["f1"][0] > guessing.figures["exact"]["micro"]["f1"][0]
