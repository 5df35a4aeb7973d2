from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from annotator.lib.errors import Invalid, Refused
from annotator.users.models import Project, User
from articles.models import Article, Doubt, Edit, Job, Layer, ProjectEngine, Rejection, Review, Span, Status
from articles.services.doubts.searching import look_where_gold_changed, start_doubts, work_on_doubts
from articles.services.doubts.settling import dismiss_doubt, fix_doubt, reopen_doubt, settle_doubt
from articles.services.gold.approving import send_back
from articles.services.jobs.lifecycle import cancel_job
from articles.tasks.doubts import find_doubts
from tests.builders import make_article, make_span
from tests.scenarios.doubts import finish, look, make_doubt, make_doubtful

Place = tuple[int, int, int, str, str]


def places(project: Project) -> list[Place]:
    rows = Doubt.objects.filter(project=project).order_by("-score", "start")
    return list(rows.values_list("article", "start", "end", "label", "other_label"))


def gold(article: Article) -> list[tuple[int, int, str]]:
    rows = Span.objects.filter(layer__kind=Layer.Kind.GOLD, layer__article=article).order_by("start")
    return list(rows.values_list("start", "end", "label"))


def test_what_is_labelled_otherwise_nearly_everywhere_else_is_found(project: Project) -> None:
    odd, without = make_doubtful(project)
    job = look(project)
    assert (job.state, job.done, job.total, job.report) == ("succeeded", 30, 30, {"doubts": 2})
    assert sorted(places(project)) == [(odd.pk, 8, 23, "PERSON", "ORG"), (without.pk, 8, 23, "", "ORG")]
    assert Doubt.objects.get(article=odd).reason == (
        "“Northline Press” is ORG in 8 of 9 other places, and PERSON here."
    )


def test_looking_twice_changes_nothing_and_what_no_longer_holds_goes(project: Project) -> None:
    odd, _ = make_doubtful(project)
    look(project)
    ids = set(Doubt.objects.values_list("pk", flat=True))
    job = look(project)
    find_doubts(job.pk)
    assert set(Doubt.objects.values_list("pk", flat=True)) == ids
    Article.objects.filter(pk=odd.pk).update(archived_at=odd.created_at)
    look(project)
    assert Doubt.objects.filter(article=odd).count() == 0


def test_what_was_dismissed_never_comes_back(project: Project, reviewer: User) -> None:
    doubt = make_doubt(project)
    dismiss_doubt(doubt=doubt, by=reviewer)
    dismiss_doubt(doubt=doubt, by=reviewer)
    look(project)
    doubt.refresh_from_db()
    assert (doubt.state, doubt.settled_by) == ("dismissed", reviewer)
    assert Doubt.objects.filter(article=doubt.article).count() == 1
    reopen_doubt(doubt=doubt, by=reviewer)
    doubt.refresh_from_db()
    assert (doubt.state, doubt.settled_by, doubt.settled_at) == ("open", None, None)


def test_a_fix_is_an_edit_of_the_reviewer_and_the_article_is_approved_again(
    project: Project, reviewer: User
) -> None:
    doubt = make_doubt(project)
    fix_doubt(doubt=doubt, by=reviewer)
    article = Article.objects.get(pk=doubt.article_id)
    assert (gold(article), article.status) == ([(8, 23, "ORG")], Status.GOLD)
    edit = Edit.objects.get(layer__article=article, layer__kind=Layer.Kind.GOLD, author=reviewer)
    assert (edit.op, edit.data["span"]["label"]) == ("change_span", "ORG")
    review = Review.objects.get(article=article)
    assert (review.reviewer, review.decision) == (reviewer, "approved")
    assert review.comment == f"Likely error: {doubt.reason}"
    look(project)
    doubt.refresh_from_db()
    assert (doubt.state, doubt.settled_by) == ("fixed", reviewer)
    with pytest.raises(Refused, match="settled already"):
        fix_doubt(doubt=doubt, by=reviewer)
    with pytest.raises(Refused, match="fixed already"):
        dismiss_doubt(doubt=doubt, by=reviewer)


def test_a_fix_is_undone_by_the_reverse_edit(project: Project, reviewer: User) -> None:
    odd, without = make_doubtful(project)
    before = gold(odd), gold(without)
    look(project)
    for doubt in Doubt.objects.all():
        fix_doubt(doubt=doubt, by=reviewer)
    assert gold(without) == [(0, 6, "GPE"), (8, 23, "ORG")]
    for doubt in Doubt.objects.all():
        reopen_doubt(doubt=doubt, by=reviewer)
    assert (gold(odd), gold(without)) == before
    assert set(Doubt.objects.values_list("state", flat=True)) == {"open"}
    assert set(Article.objects.values_list("status", flat=True)) == {Status.GOLD}


def test_an_article_that_changed_meanwhile_is_left_alone(project: Project, reviewer: User) -> None:
    doubt = make_doubt(project)
    Span.objects.filter(layer__article=doubt.article, layer__kind=Layer.Kind.GOLD).update(label="GPE")
    with pytest.raises(Refused, match="has changed at this place since"):
        fix_doubt(doubt=doubt, by=reviewer)
    send_back(article=doubt.article, by=reviewer, comment="")
    with pytest.raises(Refused, match="not finished any more"):
        fix_doubt(doubt=doubt, by=reviewer)
    doubt.refresh_from_db()
    assert (doubt.state, gold(doubt.article)) == ("open", [(8, 23, "GPE")])


def test_a_fix_that_the_schema_does_not_allow_changes_nothing(project: Project, reviewer: User) -> None:
    doubt = make_doubt(project)
    Doubt.objects.filter(pk=doubt.pk).update(other_label="GIVEN_UP")
    with pytest.raises(Refused, match="no label 'GIVEN_UP'"):
        fix_doubt(doubt=doubt, by=reviewer)
    article = Article.objects.get(pk=doubt.article_id)
    assert (gold(article), article.status) == ([(8, 23, "PERSON")], Status.GOLD)
    assert Review.objects.filter(article=article).count() == 0
    with pytest.raises(Invalid, match="fix, dismiss or reopen"):
        settle_doubt(doubt=doubt, action="burn", by=reviewer)


def test_what_an_engine_that_was_never_measured_says_counts_for_nothing(project: Project) -> None:
    engine = ProjectEngine.objects.filter(project=project).earliest("pk")
    suggest(project, engine)
    assert places(project) == []


def test_what_the_ensemble_is_sure_of_counts_unless_a_reviewer_rejected_it(project: Project) -> None:
    engine = ProjectEngine.objects.create(project=project, name="together", kind="ensemble")
    article = suggest(project, engine)
    assert places(project) == [(article.pk, 0, 4, "", "PERSON")]
    assert Doubt.objects.get().reason == "together is 95 % sure that “Mara” is PERSON; gold has nothing here."
    layer = Layer.objects.gold().get(article=article)
    Rejection.objects.create(layer=layer, start=0, end=4, label="PERSON")
    look(project)
    assert places(project) == []


def suggest(project: Project, engine: ProjectEngine) -> Article:
    """The engine is sure of one thing in the last of three finished articles."""
    for number in range(3):
        article = finish(project, f"Mara saw Bergen, {number}.", ("Bergen", "GPE"))
    layer = Layer.objects.create(article=article, kind=Layer.Kind.ENGINE, engine=engine)
    one = make_span(0, 4, "PERSON")
    Span.objects.create(id=one.id, layer=layer, start=0, end=4, label="PERSON", confidence=0.95)
    look(project)
    return article


def test_too_little_finished_work_and_two_searches_are_refused(project: Project) -> None:
    make_article(project)
    with pytest.raises(Invalid, match="Approve at least 3"):
        start_doubts(project=project, by=None, enqueue=lambda _: None)
    make_doubtful(project)
    start_doubts(project=project, by=None, enqueue=lambda _: None)
    with pytest.raises(Refused, match="looked for already"):
        start_doubts(project=project, by=None, enqueue=lambda _: None)


def test_a_search_that_was_cancelled_leaves_no_doubts(project: Project) -> None:
    make_doubtful(project)
    job = start_doubts(project=project, by=None, enqueue=lambda _: None)
    cancel_job(job=job)
    work_on_doubts(job.pk)
    assert (Job.objects.get(pk=job.pk).state, places(project)) == ("cancelled", [])


def test_errors_are_looked_for_by_themselves_when_gold_has_changed(project: Project, reviewer: User) -> None:
    started: list[int] = []
    assert look_where_gold_changed(enqueue=started.append) == 0
    doubt = make_doubt(project)
    assert look_where_gold_changed(enqueue=started.append) == 0
    fix_doubt(doubt=doubt, by=reviewer)
    assert look_where_gold_changed(enqueue=started.append) == 0, "It was looked for within this hour."
    Job.objects.filter(kind=Job.Kind.DOUBTS).update(created_at=F("created_at") - timedelta(hours=1))
    assert look_where_gold_changed(enqueue=started.append) == 1
    assert look_where_gold_changed(enqueue=started.append) == 0
    assert len(started) == 1
