"""Who is told what, on the page and by e-mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from annotator.users.models import Project, User
from annotator.users.services.members import add_member, remove_member
from articles.models import Article, Notification
from articles.queries.notifications import told_to, unread_count
from articles.services.articles import archive_article
from articles.services.assignments.handouts import give_articles
from articles.services.gold.approving import send_back
from articles.services.notifications.digests import send_digests
from articles.services.notifications.telling import mark_read
from articles.services.threads import begin_thread
from tests.at_once import at_once
from tests.builders import make_article, make_articles, make_submitted
from tests.pages import Visitor, words


def test_what_was_given_says_how_much_and_until_when(
    project: Project, manager: User, annotator: User
) -> None:
    ids = [one.pk for one in make_articles(project, 3)]
    give_articles(
        project=project,
        articles=ids,
        weights={"annotator": 1},
        each=1,
        due_on=date(2031, 5, 9),
        by=manager,
    )
    (told,) = told_to(annotator)
    assert told.sentence == "manager gave you 3 articles. Due on 9 May 2031."
    assert told_to(manager) == []


def test_who_is_sent_an_article_back_or_mentioned_is_told_once(
    project: Project, annotator: User, reviewer: User
) -> None:
    article = make_article(project, title="Ships")
    make_submitted(article, annotator)
    send_back(article=article, by=reviewer, comment="Dates, please.")
    thread, comment = uuid4(), uuid4()
    for _twice in range(2):
        begin_thread(
            article=article, by=reviewer, thread=thread, comment=comment, text="@annotator why?", place=None
        )
    assert [(one.sentence, one.quoted) for one in told_to(annotator)] == [
        ("reviewer mentioned you at “Ships”.", "@annotator why?"),
        ("reviewer sent “Ships” back to you.", "Dates, please."),
    ]


@pytest.fixture
def news(project: Project, annotator: User, reviewer: User) -> list[Notification]:
    for title in ("Ships", "Nets"):
        article = make_article(project, title=title, text=f"{title} and all.")
        make_submitted(article, annotator)
        send_back(article=article, by=reviewer, comment="")
    Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
    return list(Notification.objects.order_by("pk"))


def test_reading_leads_to_the_place_and_takes_the_sign_away(
    news: list[Notification], annotator: User, reviewer: User
) -> None:
    visitor = Visitor(annotator)
    assert '<b class="count">2</b>' in words(visitor.get("/"))
    answer = visitor.post("/notifications/read/", id=str(news[0].pk))
    assert answer.url == f"/projects/{news[0].project.slug}/articles/{news[0].article_id}/"
    assert unread_count(annotator) == 1
    assert mark_read(user=reviewer, ids=[news[1].pk]) == 0, "another's"
    visitor.post("/notifications/read/")
    assert "New</span>" not in words(visitor.get("/notifications/"))
    for odd in ("x", "-1", "9" * 30, ""):
        assert visitor.get("/notifications/", before=odd).status_code == 200


def test_one_letter_tells_all_that_is_new_in_the_reader_s_language(
    news: list[Notification], annotator: User, settings: object
) -> None:
    User.objects.filter(pk=annotator.pk).update(email="a@example.org", language="en", digest="hourly")
    assert (send_digests(often="daily"), send_digests(often="hourly"), send_digests(often="hourly")) == (
        0,
        1,
        0,
    )
    (letter,) = mail.outbox
    assert letter.to == ["a@example.org"]
    assert "2 things for you" in letter.subject
    assert "Ships" in letter.body
    assert f"/projects/{news[0].project.slug}/articles/{news[0].article_id}/" in letter.body


def test_one_address_that_cannot_be_written_to_keeps_no_letter_from_others(
    news: list[Notification], annotator: User, reviewer: User
) -> None:
    article = Article.objects.get(title="Nets")
    begin_thread(
        article=article, by=annotator, thread=uuid4(), comment=uuid4(), text="@reviewer look", place=None
    )
    Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
    User.objects.filter(pk=annotator.pk).update(email="a@\u202eexample.org", digest="hourly")
    User.objects.filter(pk=reviewer.pk).update(email="r@example.org", digest="hourly")
    assert annotator.pk < reviewer.pk
    assert send_digests(often="hourly") == 1
    assert [letter.to for letter in mail.outbox] == [["r@example.org"]]


class WhileSending(BaseEmailBackend):
    """What `meanwhile` does in another process, as far as the database can tell, while a letter is sent."""

    meanwhile: Callable[[], object]

    def send_messages(self, messages: Sequence[object]) -> int:
        at_once(1, lambda _: WhileSending.meanwhile())
        return len(messages)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_mail_server(
    news: list[Notification], annotator: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.WhileSending"
    User.objects.filter(pk=annotator.pk).update(email="a@example.org", digest="hourly")
    read: list[int] = []

    def meanwhile() -> None:
        with transaction.atomic():
            User.objects.select_for_update(nowait=True).get(pk=annotator.pk)
            Notification.objects.select_for_update(nowait=True).get(pk=news[0].pk)
        read.append(mark_read(user=annotator, ids=[news[0].pk]))
        assert send_digests(often="hourly") == 0, "this worker is at it"

    monkeypatch.setattr(WhileSending, "meanwhile", meanwhile, raising=False)
    assert send_digests(often="hourly") == 1
    assert read == [1]
    assert not Notification.objects.filter(mailed_at__isnull=True).exists()


def test_who_has_left_a_project_hears_nothing_more_of_it(news: list[Notification], annotator: User) -> None:
    User.objects.filter(pk=annotator.pk).update(email="a@example.org", digest="hourly")
    archive_article(article=Article.objects.get(title="Ships"))
    assert [one.sentence for one in told_to(annotator)] == ["reviewer sent “Nets” back to you."]
    remove_member(project=news[0].project, user=annotator)
    assert (told_to(annotator), unread_count(annotator), send_digests(often="hourly")) == ([], 0, 0)
    add_member(project=news[0].project, user=annotator, role="annotator")
    assert unread_count(annotator) == 1
    Project.objects.update(archived_at=timezone.now(), deleted_at=timezone.now(), deleted_by=annotator)
    assert unread_count(annotator) == 0


def test_a_letter_that_cannot_be_sent_is_tried_again(
    news: list[Notification], annotator: User, settings: object
) -> None:
    User.objects.filter(pk=annotator.pk).update(email="a@example.org", digest="daily")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    assert send_digests(often="daily") == 0
    assert Notification.objects.unmailed().count() == 2
