"""Files with corrected texts of articles that are there."""

from __future__ import annotations

import pytest

from annotator.lib.errors import Invalid
from annotator.users.models import Project, User
from articles.models import Article, Correction, Job
from articles.services.imports.importing import work_on_import
from articles.services.imports.inspection import look_through
from tests.builders import annotate, make_article
from tests.scenarios.imports import bring_in, confirmed, line, stage

OLD = "BERGEN. Mara Ellingsen of Northline Press said on Monday that 14 ships sailed."
NEW = OLD.replace("14", "41")
FILE = line(text=NEW, external_id="wire-1") + line(text="Another story.", external_id="wire-2")


@pytest.fixture
def article(project: Project, annotator: User) -> Article:
    article = make_article(project, text=OLD, external_id="wire-1")
    annotate(article, annotator)
    return article


def texts(project: Project) -> list[str]:
    return sorted(Article.objects.of(project).values_list("text", flat=True))


def test_they_are_left_out_and_told_where_nobody_asks_for_more(
    article: Article, project: Project, manager: User
) -> None:
    found = look_through(upload=stage(project, manager, FILE))
    assert (found.repeats, found.corrections) == (1, 1)
    job = bring_in(project, manager, FILE)
    assert job.report == {"imported": 1, "repeats": 1, "left_out": 0}
    assert texts(project) == ["Another story.", OLD]


def test_they_correct_the_text_where_that_is_wanted_and_twice_is_once(
    article: Article, project: Project, manager: User
) -> None:
    runs: list[int] = []
    work_on_import(confirmed(project, manager, FILE, corrections="correct").pk, enqueue_run=runs.append)
    made = Correction.objects.get(corrected=article)
    assert (made.article.text, made.made_by) == (NEW, manager)
    assert texts(project) == ["Another story.", NEW]
    assert Job.objects.get(pk=runs[0]).total == 2
    again = bring_in(project, manager, FILE, corrections="correct")
    assert again.report == {"imported": 0, "repeats": 2, "left_out": 0}


def test_the_text_that_was_corrected_comes_back_by_no_import(
    article: Article, project: Project, manager: User
) -> None:
    bring_in(project, manager, FILE, corrections="correct")
    old = line(text=OLD, external_id="wire-1")
    assert look_through(upload=stage(project, manager, old)).corrections == 0
    bring_in(project, manager, old, corrections="correct")
    assert texts(project) == ["Another story.", NEW]


def test_a_policy_that_is_none_is_refused(project: Project, manager: User) -> None:
    with pytest.raises(Invalid, match="skip or correct"):
        stage(project, manager, FILE, corrections="maybe")
