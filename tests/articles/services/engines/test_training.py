from __future__ import annotations

import pytest

from annotator.lib.errors import Refused
from annotator.schemas.queries import published_version
from annotator.schemas.services.publishing import publish
from annotator.users.models import Project, User
from articles.domain.spans import Suggestion
from articles.engines import teaching
from articles.models import EngineVersion, Job, Layer, ProjectEngine, RunItem, Span, StoredFile
from articles.queries.gold.approved import held_out, to_learn_from
from articles.services.articles import archive_article
from articles.services.engines.gold_parts import deal_gold
from articles.services.engines.lessons import course_for
from articles.services.engines.versions import MODELS_KEPT, make_live
from articles.services.files import store_file
from articles.services.gold.approving import send_back
from articles.services.projects.managing import change_project
from articles.services.runs.layers import write_layers
from articles.services.runs.work import work_on_run
from tests.at_once import at_once
from tests.builders import annotate, make_article, make_project
from tests.scenarios.training import due, gold, make_learner, start, states, story, train, work


def test_the_first_version_goes_live_and_knows_how_good_it_is(
    project: Project, learner: ProjectEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching, "CURVE_SECONDS", 120)
    gold(project, 30)
    version = train(learner)
    assert (version.number, version.state) == (1, EngineVersion.State.LIVE)
    assert version.live_since
    assert version.articles == to_learn_from(project).count()
    assert version.held_out == held_out(project).count()
    scores = version.figures["scores"]
    value, low, high = scores["exact"]["micro"]["f1"]
    assert 0.5 < value <= 1
    assert low <= value <= high
    assert set(scores["exact"]["labels"]) == {"PERSON", "GPE"}
    assert version.figures["learned"]["PERSON"] == version.articles
    assert [point["articles"] for point in version.figures["curve"]] == [
        round(share * version.articles) for share in (0.25, 0.5, 0.75)
    ]
    job = version.job
    assert job
    assert (job.done, job.report["version"]) == (job.total, 1)


def test_more_gold_makes_it_better_and_the_better_one_is_live(
    project: Project, learner: ProjectEngine
) -> None:
    gold(project, 10, step=8)
    train(learner)
    gold(project, 30, first=101)
    second = train(learner)
    assert states(learner) == ["retired", "live"]
    assert second.reason.startswith("Better: F1 is ")
    assert second.figures["against"]["f1"] < second.figures["scores"]["exact"]["micro"]["f1"][0]


def test_a_worse_one_is_refused_and_changes_nothing(project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    fresh = make_article(project)
    first = train(learner)
    runs = Job.objects.filter(kind=Job.Kind.RUN).count()
    second = train(learner, {"only": "PERSON"})
    assert states(learner) == ["live", "refused"]
    assert second.reason.startswith("Not better: F1 is ")
    assert f"version {first.number}, which stays live" in second.reason
    assert second.live_since is None
    assert Job.objects.filter(kind=Job.Kind.RUN).count() == runs
    fresh.refresh_from_db()
    assert fresh.status == "new"


def test_an_equal_one_is_refused(project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    train(learner)
    train(learner)
    assert states(learner) == ["live", "refused"]


def test_one_that_finds_nothing_never_goes_live(project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    version = train(learner, {"only": "NOTHING"})
    assert version.state == EngineVersion.State.REFUSED
    assert version.reason.startswith("It found nothing right")


def test_a_live_version_that_cannot_be_read_any_more_gives_way(
    project: Project, learner: ProjectEngine
) -> None:
    gold(project, 20)
    train(learner)
    EngineVersion.objects.update(model=store_file(name="of another time", pieces=[b"x"]))
    gold(project, 10, first=60)
    second = train(learner)
    assert second.state == EngineVersion.State.LIVE
    assert "can no longer be read" in second.reason


def test_what_nobody_has_begun_is_read_again_and_no_more(
    project: Project, learner: ProjectEngine, annotator: User
) -> None:
    gold(project, 20)
    begun, fresh = make_article(project, story(200)), make_article(project, story(201))
    write_layers(engine=learner, version="0", articles=[begun], suggestions=[[Suggestion(0, 2, "ORG")]])
    annotate(begun, annotator)
    train(learner)
    run = Job.objects.get(kind=Job.Kind.RUN)
    assert set(RunItem.objects.filter(job=run).values_list("article", flat=True)) == {fresh.pk}
    work_on_run(run.pk)
    layer = Layer.objects.by_engines().get(article=fresh, engine=learner)
    assert layer.engine_version == "1"
    assert {span.label for span in Span.objects.filter(layer=layer)} <= {"PERSON", "GPE"}
    assert Span.objects.get(layer__article=begun, layer__engine=learner).label == "ORG"


def test_what_somebody_begins_meanwhile_keeps_its_suggestions(
    project: Project, learner: ProjectEngine, annotator: User
) -> None:
    gold(project, 20)
    begun, fresh = make_article(project, story(200)), make_article(project, story(201))
    write_layers(engine=learner, version="0", articles=[begun], suggestions=[[Suggestion(0, 2, "ORG")]])
    train(learner)
    run = Job.objects.get(kind=Job.Kind.RUN)
    annotate(begun, annotator)
    work_on_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.done) == (Job.State.SUCCEEDED, 2)
    assert Span.objects.get(layer__article=begun, layer__engine=learner).label == "ORG"
    assert Layer.objects.by_engines().get(article=fresh, engine=learner).engine_version == "1"


def test_an_engine_that_is_off_reads_nothing(project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    make_article(project)
    ProjectEngine.objects.filter(pk=learner.pk).update(enabled=False)
    learner.refresh_from_db()
    assert train(learner).state == EngineVersion.State.LIVE
    assert not Job.objects.filter(kind=Job.Kind.RUN).exists()


def test_without_preannotation_only_suggestions_are_renewed(project: Project, learner: ProjectEngine) -> None:
    change_project(project=project, changes={"preannotate": False})
    gold(project, 20)
    make_article(project)
    known = make_article(project, story(300))
    write_layers(engine=learner, version="0", articles=[known], suggestions=[[]])
    train(learner)
    assert list(RunItem.objects.values_list("article", flat=True)) == [known.pk]


def test_lessons_carry_what_earlier_engines_suggest_and_not_its_own(
    project: Project, learner: ProjectEngine
) -> None:
    articles = gold(project, 12)
    newswire = ProjectEngine.objects.get(project=project, name="newswire")
    for engine in (newswire, learner):
        found = [[Suggestion(0, 4, "PERSON", 0.5)]]
        write_layers(engine=engine, version="1", articles=articles[:1], suggestions=found)
    deal_gold(project=project)
    course = course_for(learner)
    lesson = next(one for one in [*course.learn, *course.held_out] if one.article.id == articles[0].pk)
    assert lesson.article.suggestions == {"newswire": [Suggestion(0, 4, "PERSON", 0.5)]}
    assert [span.label for span in lesson.spans] == ["PERSON", "GPE"]


def test_texts_without_gold_come_along(project: Project, learner: ProjectEngine) -> None:
    gold(project, 12)
    without = make_article(project, "Nobody has read this yet.")
    archive_article(article=make_article(project, "This is put away."))
    deal_gold(project=project)
    assert list(course_for(learner).texts) == [without.text]


def test_too_little_gold_is_refused_with_the_count(project: Project, learner: ProjectEngine) -> None:
    gold(project, 9)
    with pytest.raises(Refused, match="10th gold article on; there are 9"):
        start(learner)
    assert due() == []


def test_gold_that_was_reopened_meanwhile_is_named(
    project: Project, learner: ProjectEngine, reviewer: User
) -> None:
    articles = gold(project, 12)
    job = start(learner)
    for article in articles[1:]:
        send_back(article=article, by=reviewer, comment="")
    assert work(job).state == Job.State.FAILED
    assert "that differ" in job.error


def test_reopened_gold_is_not_learned_from(project: Project, learner: ProjectEngine, reviewer: User) -> None:
    gold(project, 20)
    train(learner)
    before = to_learn_from(project).count()
    send_back(article=to_learn_from(project)[0], by=reviewer, comment="")
    assert train(learner).articles == before - 1


def test_a_label_that_is_retired_since_is_neither_taught_nor_measured(
    project: Project, learner: ProjectEngine, manager: User
) -> None:
    gold(project, 20)
    train(learner)
    definition = published_version(project.pk).data
    kept = [one for one in definition["labels"] if one["name"] != "GPE"]
    publish(project=project, data={"labels": kept}, by=manager)
    second = train(learner)
    assert set(second.figures["learned"]) == {"PERSON"}
    assert set(second.figures["scores"]["exact"]["labels"]) == {"PERSON"}
    assert second.schema_version == published_version(project.pk).number == 2


def test_old_models_are_forgotten_and_their_figures_stay(project: Project, learner: ProjectEngine) -> None:
    gold(project, 20)
    for _ in range(MODELS_KEPT + 2):
        train(learner)
    versions = EngineVersion.objects.order_by("number")
    kept = [bool(version.model) for version in versions]
    assert kept == [True, False, *[True] * MODELS_KEPT]
    assert all(version.figures["scores"] for version in versions)
    assert StoredFile.objects.count() == MODELS_KEPT + 1
    with pytest.raises(Refused, match="no longer kept"):
        make_live(version=versions[1], by=None, enqueue_run=lambda _: None)


def test_a_manager_goes_back_to_an_earlier_version(
    project: Project, learner: ProjectEngine, manager: User
) -> None:
    gold(project, 20)
    fresh = make_article(project)
    first = train(learner, {"only": "PERSON"})
    train(learner)
    first.refresh_from_db()
    run = make_live(version=first, by=manager, enqueue_run=lambda _: None)
    assert run
    assert states(learner) == ["live", "retired"]
    assert first.reason == f"Made live by {manager.name}."
    assert list(RunItem.objects.filter(job=run).values_list("article", flat=True)) == [fresh.pk]
    assert make_live(version=first, by=manager, enqueue_run=lambda _: None) is None


@pytest.mark.django_db(transaction=True)
def test_two_who_make_versions_live_at_once_leave_one(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project()
    learner = make_learner(project, monkeypatch)
    gold(project, 20)
    versions = [train(learner, {"only": label}) for label in ("PERSON", "GPE")]
    versions.append(train(learner))
    at_once(3, lambda number: make_live(version=versions[number], by=None, enqueue_run=lambda _: None))
    assert states(learner).count("live") == 1
