"""Every address and method as every kind of caller, held against a table that people have read.

A new address without a row fails. To renew the table after reading the difference:
`ANNOTATOR_WRITE_TABLE=1 .venv/bin/python -m pytest tests/architecture/test_access.py`
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotator.users.models import ApiToken, Project, User
from annotator.users.services.invitations import invite
from articles.models import Article, Import, Job, SchemaTodo
from articles.queries.layers.choice import LayerChoice
from articles.services.guidelines import add_precedent, change_guidelines
from articles.services.imports.importing import stage_import
from articles.services.notifications.webhooks import add_webhook, send_test
from articles.services.threads import begin_thread
from tests.builders import make_article, make_submitted, make_token
from tests.scenarios.bulk_edits import make_bulk_edit
from tests.scenarios.corrections import correct
from tests.scenarios.decisions import decide
from tests.scenarios.doubts import cast_doubt
from tests.scenarios.evaluations import make_evaluation
from tests.scenarios.exercises import hand_in, make_exercise
from tests.scenarios.known_articles import a_day_later, hand_in_known, make_known, take_known
from tests.scenarios.releases import make_release
from tests.scenarios.schema_changes import change, step

TABLE = Path(__file__).parent / "access_table.txt"
CALLERS = ("anonymous", "stranger", "viewer", "annotator", "reviewer", "manager", "administrator")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# No address has it, so each says which it has; nobody gets further, so one caller is enough to hear that.
NO_METHOD, NOT_ALLOWED = "BREW", 405
# Django admin and django-allauth guard their own addresses, and have tests of their own.
NOT_OURS = ("admin/", "accounts/")


def our_patterns() -> Iterator[tuple[str, URLPattern]]:
    """`namespace:name` and pattern of every address of ours."""

    def walk(resolver: URLResolver, namespace: str, route: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            path = route + str(entry.pattern)
            if path.startswith(NOT_OURS):
                continue
            if isinstance(entry, URLResolver):
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from walk(entry, inner, path)
            elif entry.name:
                yield namespace + entry.name, entry

    yield from walk(get_resolver(), "", "")


@pytest.fixture
def arguments(project: Project, annotator: User, reviewer: User, manager: User) -> dict[str, Any]:
    """A value for every parameter of an address, of things that exist."""
    article: Article = make_article(project)
    make_submitted(article, annotator)
    upload: Import = stage_import(project=project, by=manager, file_name="a.txt", pieces=[b"Some text."])
    job = Job.objects.create(project=project, kind=Job.Kind.RUN, params={"engines": ["newswire"]})
    invitation, secret = invite(project=project, role="viewer", by=manager)
    make_token(manager)
    release = make_release(project, manager, layer=LayerChoice("user", "annotator"))
    changed = change(project, manager, step("split", "label", "PERSON", to="PERSON", by_hand=True))
    thread, comment = uuid4(), uuid4()
    begin_thread(article=article, by=annotator, thread=thread, comment=comment, text="Hm?", place=None)
    decision = decide(article, reviewer)
    change_guidelines(project=project, text="Names only.", labels={}, by=manager)
    hook, _ = add_webhook(project=project, url="https://example.org/", events=["job.ended"], by=manager)
    attempt = hand_in(make_exercise(project, manager), annotator)
    make_known(project, manager)
    reading = hand_in_known(take_known(project, annotator), annotator)
    a_day_later(reading)
    return {
        "decision_id": decision.pk,
        "precedent_id": add_precedent(decision=decide(article, reviewer, start=0, end=6), by=reviewer).pk,
        "webhook_id": hook.pk,
        "delivery_id": send_test(webhook=hook, by=manager).pk,
        "version": 0,
        "language": "ru",
        "digest": "0",
        "slug": project.slug,
        "article_id": article.pk,
        "other_id": article.pk,
        "place_id": correct(make_article(project), annotator, manager, submitted=True)[1].pk,
        "import_id": upload.pk,
        "job_id": job.pk,
        "thread_id": thread,
        "comment_id": comment,
        "author": "gold",
        "token_id": ApiToken.objects.get(user=manager).pk,
        "invitation_id": invitation.pk,
        "secret": secret,
        "username": "annotator",
        "name": "gazetteer",
        "release_id": release.pk,
        "doubt_id": cast_doubt(article).pk,
        "bulk_id": make_bulk_edit(article, annotator).pk,
        "change_id": changed.pk,
        "todo_id": SchemaTodo.objects.filter(layer__user=annotator)[0].pk,
        "evaluation_id": make_evaluation(project).pk,
        "number": release.number,
        "exercise_id": attempt.exercise_id,
        "attempt_id": attempt.pk,
        "known_id": reading.known_id,
        "reading_id": reading.pk,
    }


def test_every_address_answers_every_caller_as_the_table_says(
    arguments: dict[str, Any],
    stranger: User,
    viewer: User,
    annotator: User,
    reviewer: User,
    manager: User,
    administrator: User,
) -> None:
    browsers = {"anonymous": browser_of(None)}
    for user in (stranger, viewer, annotator, reviewer, manager, administrator):
        browsers[user.username] = browser_of(user)
    lines = [
        f"{method:7}{name:32}" + " ".join(f"{answer(method, url, browsers[who]):>4}" for who in CALLERS)
        for name, pattern in sorted(our_patterns())
        for url in [address_of(name, pattern, arguments)]
        for method in methods_of(url, browsers["administrator"])
    ]
    table = f"{'':39}" + " ".join(f"{who[:4]:>4}" for who in CALLERS) + "\n" + "\n".join(lines) + "\n"
    if os.environ.get("ANNOTATOR_WRITE_TABLE"):
        TABLE.write_text(table, encoding="utf-8")
    assert table.splitlines() == TABLE.read_text(encoding="utf-8").splitlines()


def address_of(name: str, pattern: URLPattern, arguments: dict[str, Any]) -> str:
    wanted = {key: arguments[key] for key in pattern.pattern.converters}
    return reverse(name, kwargs=wanted)


def methods_of(url: str, client: Client) -> list[str]:
    """Those of METHODS that this address takes."""
    response = client.generic(NO_METHOD, url)
    if response.status_code != NOT_ALLOWED:
        return list(METHODS)
    allowed = response.headers["Allow"].split(", ")
    return [method for method in METHODS if method in allowed]


def browser_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def answer(method: str, url: str, client: Client) -> int:
    """The status; what the call changed is taken back."""
    with transaction.atomic():
        if "/api/" in url:
            response = client.generic(method, url, b"{}", "application/json")
        else:
            response = client.generic(method, url, b"", "application/x-www-form-urlencoded")
        if getattr(response, "streaming", False):
            b"".join(response.streaming_content)  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    return response.status_code
