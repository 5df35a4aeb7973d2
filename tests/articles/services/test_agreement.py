from __future__ import annotations

import pytest

from annotator.users.models import Project, User
from articles.models import LayerPair, Span
from articles.queries.agreement.figures import AgreementFilter, agreement_of, counted_rows
from articles.services import agreement
from articles.services.agreement import count_agreement
from articles.services.assignments.claiming import reopen_own, submit_article
from tests.builders import add_span, annotate, make_member
from tests.scenarios.agreement import make_read_twice


@pytest.fixture
def second(project: Project) -> User:
    return make_member(project, name="second")


def test_counted_twice_nothing_is_counted_again(project: Project, annotator: User, second: User) -> None:
    make_read_twice(project, 3, annotator, second)
    assert [count_agreement(), count_agreement()] == [3, 0]
    assert LayerPair.objects.count() == 3


def test_what_was_compared_before_a_worker_stops_is_kept(
    project: Project, annotator: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "BATCH", 1)
    _, unreadable = make_read_twice(project, 2, annotator, second)
    Span.objects.filter(layer__article=unreadable).update(fragments=[1])
    with pytest.raises(TypeError):
        count_agreement()
    assert LayerPair.objects.count() == 1


def test_figures_are_the_same_whether_the_counts_were_kept_or_not(
    project: Project, annotator: User, second: User
) -> None:
    make_read_twice(project, 3, annotator, second)
    everything = AgreementFilter()
    before = list(counted_rows(project, everything))
    count_agreement()
    assert list(counted_rows(project, everything)) == before


def test_what_is_changed_after_counting_is_counted_again(
    project: Project, annotator: User, second: User
) -> None:
    article, *_ = make_read_twice(project, 2, annotator, second)
    count_agreement()
    assert agreement_of(project, AgreementFilter())["kinds"]["same"] == 2
    reopen_own(article=article, by=second)
    assert agreement_of(project, AgreementFilter())["pairs"] == 1
    annotate(article, second, add_span(8, 14, "GPE"))
    submit_article(article=article, by=second)
    assert agreement_of(project, AgreementFilter())["kinds"]["same"] == 3
    assert count_agreement() == 1
    assert agreement_of(project, AgreementFilter())["kinds"]["same"] == 3
