from __future__ import annotations

from annotator.users.models import Project, User
from articles.models import Job, RunItem
from tests.articles.api.conftest import Api
from tests.builders import make_article, make_project


def test_a_run_over_named_articles(project: Project, manager: User, call: Api) -> None:
    ids = [make_article(project).pk for _ in range(3)]
    answer = call(manager, "POST", f"projects/{project.slug}/runs/", {"articles": ids[:2]})
    assert answer.status == 202
    assert {item.article_id for item in RunItem.objects.filter(job=answer.body["id"])} <= set(ids[:2])


def test_an_article_of_another_project_is_named_and_nothing_starts(
    project: Project, manager: User, call: Api
) -> None:
    mine, foreign = make_article(project), make_article(make_project("elsewhere"))
    ids = [mine.pk, foreign.pk]
    answer = call(manager, "POST", f"projects/{project.slug}/runs/", {"articles": ids})
    assert answer.status == 400
    assert f"no article {foreign.pk}" in answer.body["detail"]
    assert not Job.objects.exists()
