from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from annotator.users.models import Project, Role, User
from articles.models import Article, Comment, Thread
from articles.services.threads import Anchor, begin_thread, reply
from tests.articles.api.conftest import Api
from tests.builders import make_article, make_member, make_project
from tests.pages import Visitor, words


def _new(text: str = "Is this one span?", **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "comment": str(uuid4()), "text": text, **more}


def _path(article: Article, *rest: object) -> str:
    return "/".join(["articles", str(article.pk), "threads", *map(str, rest), ""])


def _begun(article: Article, by: User, text: str = "Hm?", place: Anchor | None = None) -> Thread:
    return begin_thread(article=article, by=by, thread=uuid4(), comment=uuid4(), text=text, place=place)


def _replied(thread: Thread, by: User, text: str = "Yes.") -> None:
    reply(thread=thread, article=thread.article, by=by, comment=uuid4(), text=text)


def test_a_thread_is_begun_answered_and_resolved(
    project: Project, annotator: User, reviewer: User, viewer: User, call: Api
) -> None:
    article = make_article(project)
    body = _new("@reviewer, a company or a press?", start=43, end=58, span=str(uuid4()))
    begun = call(annotator, "POST", _path(article), body)
    assert (begun.status, begun.body["start"], begun.body["end"]) == (201, 43, 58)
    assert begun.body["comments"][0]["mentions"] == ["reviewer"]
    thread = begun.body["id"]
    answer = {"id": str(uuid4()), "text": "A company."}
    said = call(reviewer, "POST", _path(article, thread, "comments"), answer)
    assert [one["text"] for one in said.body["comments"]] == [body["text"], "A company."]
    settled = call(annotator, "PATCH", _path(article, thread), {"resolved": True})
    assert settled.body["resolved"]["by"]["username"] == "annotator"
    assert call(viewer, "GET", _path(article)).body == [settled.body]
    again = call(reviewer, "PATCH", _path(article, thread), {"resolved": False})
    assert again.body["resolved"] is None


def test_a_reply_opens_a_resolved_thread_again(project: Project, annotator: User, call: Api) -> None:
    article = make_article(project)
    thread = _begun(article, annotator)
    call(annotator, "PATCH", _path(article, thread.pk), {"resolved": True})
    late = call(annotator, "POST", _path(article, thread.pk, "comments"), {"id": str(uuid4()), "text": "But"})
    assert late.body["resolved"] is None


def test_what_is_sent_twice_is_there_once(project: Project, annotator: User, call: Api) -> None:
    article = make_article(project)
    body = _new()
    answers = [call(annotator, "POST", _path(article), body) for _ in range(2)]
    assert answers[0].body == answers[1].body
    answer = {"id": str(uuid4()), "text": "Yes."}
    for _ in range(2):
        call(annotator, "POST", _path(article, body["id"], "comments"), answer)
    assert (Thread.objects.count(), Comment.objects.count()) == (1, 2)


def test_a_late_copy_of_a_reply_does_not_open_the_thread(
    project: Project, annotator: User, call: Api
) -> None:
    article = make_article(project)
    thread = _begun(article, annotator)
    answer = {"id": str(uuid4()), "text": "Yes."}
    path = _path(article, thread.pk, "comments")
    call(annotator, "POST", path, answer)
    call(annotator, "PATCH", _path(article, thread.pk), {"resolved": True})
    assert call(annotator, "POST", path, answer).body["resolved"]


def test_an_id_of_somebody_else_is_refused(
    project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    article, other = make_article(project), make_article(project)
    body = _new()
    call(annotator, "POST", _path(article), body)
    assert call(annotator, "POST", _path(other), body).status == 409
    assert call(reviewer, "POST", _path(article), body).status == 409
    answer = {"id": body["comment"], "text": "Mine"}
    assert call(reviewer, "POST", _path(article, body["id"], "comments"), answer).status == 409
    assert Comment.objects.get().text == body["text"]


def test_own_words_may_be_changed_and_nobody_elses(
    project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    article = make_article(project)
    thread = _begun(article, annotator, "@reviewer?")
    comment = Comment.objects.get()
    path = _path(article, thread.pk, "comments", comment.pk)
    changed = call(annotator, "PATCH", path, {"text": "Never mind."}).body["comments"][0]
    assert (changed["text"], changed["mentions"]) == ("Never mind.", [])
    assert changed["edited_at"]
    refused = call(reviewer, "PATCH", path, {"text": "Ha"})
    assert (refused.status, refused.body["detail"]) == (403, "Only who wrote a comment may change it.")


@pytest.mark.parametrize(
    "fault",
    [
        {"text": ""},
        {"text": "  \n "},
        {"text": "x" * 5_001},
        {"text": "a\x00b"},
        {"text": None},
        {"id": "1"},
        {"comment": None},
        {"start": 3},
        {"start": -1, "end": 3},
        {"start": 5, "end": 5},
        {"start": 0, "end": 10_000},
        {"start": 0, "end": 10**12},
        {"span": str(uuid4())},
    ],
)
def test_what_cannot_be_used_is_said(
    project: Project, annotator: User, call: Api, fault: dict[str, Any]
) -> None:
    article = make_article(project)
    answer = call(annotator, "POST", _path(article), _new() | fault)
    assert answer.status == 400
    assert answer.body["detail"]
    assert not Thread.objects.exists()


def test_viewers_read_and_strangers_do_not(
    project: Project, annotator: User, viewer: User, stranger: User, call: Api
) -> None:
    article = make_article(project)
    thread = _begun(article, annotator)
    assert call(viewer, "POST", _path(article), _new()).status == 403
    assert call(viewer, "PATCH", _path(article, thread.pk), {"resolved": True}).status == 403
    assert call(stranger, "GET", _path(article)).status == 404
    assert call(stranger, "PATCH", _path(article, thread.pk), {"resolved": True}).status == 404


def test_only_members_are_mentioned(project: Project, annotator: User, stranger: User) -> None:
    _begun(make_article(project), annotator, "@stranger @annotator")
    assert [user.username for user in Comment.objects.get().mentions.all()] == ["annotator"]


def test_annotators_of_one_article_are_blind_to_each_other(reviewer: User, call: Api) -> None:
    double = make_project(annotators_per_article=2)
    mara, rolf = (make_member(double, Role.ANNOTATOR, name) for name in ("mara", "rolf"))
    judge = make_member(double, Role.REVIEWER, "judge")
    article = make_article(double)
    thread = _begun(article, mara, "I think ORG.")
    assert len(call(judge, "GET", _path(article)).body) == 1
    assert call(rolf, "GET", _path(article)).body == []
    assert call(rolf, "GET", f"articles/{article.pk}/editor/").body["threads"] == []
    answer = {"id": str(uuid4()), "text": "Me too"}
    assert call(rolf, "POST", _path(article, thread.pk, "comments"), answer).status == 404
    assert call(rolf, "GET", f"projects/{double.slug}/articles/?comments=open").body["results"] == []
    _replied(thread, judge, "@rolf should see this.")
    assert len(call(rolf, "GET", _path(article)).body) == 1
    Article.objects.filter(pk=article.pk).update(status="gold")
    _begun(article, mara, "Done.")
    assert len(call(rolf, "GET", _path(article)).body) == 2


def test_nobody_gets_into_a_thread_that_they_are_blind_to_by_its_id(db: None, call: Api) -> None:
    project = make_project(annotators_per_article=2)
    article, first, second = make_article(project), make_member(project), make_member(project)
    thread = _begun(article, first)
    body = _new() | {"id": str(thread.pk)}
    assert call(second, "POST", _path(article), body).status == 409
    assert call(second, "GET", _path(article)).body == []


def test_the_list_counts_open_threads_and_finds_them(
    project: Project, annotator: User, reviewer: User, call: Api
) -> None:
    quiet, talked = make_article(project, title="Quiet"), make_article(project, title="Talked about")
    thread = _begun(talked, annotator, "@reviewer?")
    _begun(talked, annotator)
    page = f"/projects/{project.slug}/articles/"
    assert "2 open comments" in words(Visitor(reviewer).get(page))
    found = words(Visitor(reviewer).get(f"{page}?comments=mentions"))
    assert "Talked about" in found
    assert "Quiet" not in found
    assert "1 with a comment for you" in words(Visitor(reviewer).get("/"))
    assert "1 article with a comment for you" in words(Visitor(reviewer).get(f"/projects/{project.slug}/"))
    call(reviewer, "PATCH", _path(talked, thread.pk), {"resolved": True})
    assert "1 open comment" in words(Visitor(reviewer).get(page))
    assert "with a comment for you" not in words(Visitor(reviewer).get("/"))
    assert quiet.title not in words(Visitor(reviewer).get(f"{page}?comments=open"))
    assert Visitor(reviewer).get(f"{page}?comments=nonsense").status_code == 400


def test_threads_take_a_fixed_number_of_queries(
    project: Project, annotator: User, call: Api, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article(project)
    for _ in range(2):
        _replied(_begun(article, annotator, "@annotator"), annotator)
        call(annotator, "GET", _path(article))
        with django_assert_num_queries(5):
            call(annotator, "GET", _path(article))


def test_the_database_keeps_a_thread_whole(project: Project, annotator: User) -> None:
    thread = _begun(make_article(project), annotator)
    for broken in ({"start": 4}, {"start": 4, "end": 4}, {"resolved_by": annotator}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Thread.objects.filter(pk=thread.pk).update(**broken)
