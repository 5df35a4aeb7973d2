"""Every page of the administration opens with rows present, and only for administrators."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from annotator.users.models import ApiToken, Invitation, Project, Role, User
from annotator.users.services.invitations import invite
from articles.models import Handout, Import, Job, Notification, RunItem
from articles.services.gold.approving import approve
from articles.services.jobs.lifecycle import create_job
from articles.services.notifications.webhooks import add_webhook, send_test
from tests.builders import make_article, make_submitted, make_token
from tests.scenarios.releases import make_release

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def furnished(project: Project, annotator: User, reviewer: User) -> Project:
    """A project with at least one row of everything."""
    article = make_article(project)
    make_submitted(article, annotator)
    approve(article=article, by=reviewer)
    job = create_job(
        project=project, kind=Job.Kind.RUN, by=reviewer, total=1, params={"engines": ["newswire"]}
    )
    RunItem.objects.create(job=job, article=article, state=RunItem.State.FAILED, error="Too strange.")
    Import.objects.create(project=project, file_name="a.txt", format="text", created_by=reviewer)
    invite(project=project, role=Role.VIEWER, by=reviewer)
    make_token(annotator)
    make_release(project, reviewer)
    hook, _ = add_webhook(project=project, url="https://example.org/", events=["job.ended"], by=reviewer)
    send_test(webhook=hook, by=reviewer)
    Handout.objects.create(project=project, by=reviewer, weights={}, each=1, chosen=1, given=1)
    Notification.objects.create(user=annotator, project=project, kind=Notification.Kind.values[0], key="1")
    return project


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_lists_and_rows_open(model: Any, furnished: Project, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{base}_changelist"), {"q": "a"}).status_code == 200
    row = model.objects.first()
    assert row is not None, "the fixture makes one of everything"
    assert client.get(reverse(f"{base}_change", args=[row.pk])).status_code == 200
    adding = client.get(reverse(f"{base}_add")).status_code
    assert adding == (200 if model in (Project, User) else 403)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_nothing_can_be_deleted(model: Any, furnished: Project, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model.objects.first()
    assert client.post(reverse(f"{base}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    ticked = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(reverse(f"{base}_changelist"), ticked)
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_others_are_sent_to_sign_in(model: Any, client: Client, project: Project, manager: User) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert client.get(url).status_code == 302
    client.force_login(manager)
    answer = client.get(url)
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_first_page_shows_progress_and_jobs(
    furnished: Project, client: Client, administrator: User
) -> None:
    client.force_login(administrator)
    page = client.get(reverse("admin:index")).content.decode()
    assert furnished.name in page
    assert "2 managers" not in page
    assert "1 manager, 1 reviewer, 1 annotator" in page
    assert "Pre-annotation" in page


def test_secrets_are_never_shown(furnished: Project, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    token, invitation = ApiToken.objects.get(), Invitation.objects.get()
    for url in (
        reverse("admin:users_apitoken_change", args=[token.pk]),
        reverse("admin:users_user_change", args=[token.user_id]),
        reverse("admin:users_invitation_change", args=[invitation.pk]),
    ):
        page = client.get(url).content.decode()
        assert token.digest not in page
        assert invitation.digest not in page
