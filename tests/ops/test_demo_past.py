"""The demo's finished work has a past, in which no review comes before what it reviews."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from annotator.ops.demo.past import WEEKS, date_back
from annotator.ops.demo_project import load_demo
from annotator.users.models import Project
from articles.models import Layer, Sitting


@pytest.fixture
def demo(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Project:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    load_demo(enqueue_run=lambda _job: None)
    return Project.objects.get(slug="demo")


@pytest.mark.django_db
def test_finished_work_is_spread_over_weeks_whatever_the_weekday(demo: Project) -> None:
    for weekday in range(7):
        now = timezone.localtime() + timedelta(days=weekday)
        date_back(demo, now)
        gold = Layer.objects.gold().filter(approved_at__isnull=False)
        for layer in gold:
            read = [one.submitted_at for one in Layer.objects.by_people().filter(article=layer.article_id)]
            assert all(_earlier(at, layer.approved_at, now) for at in read)
        days = {layer.approved_at.date() for layer in gold if layer.approved_at}
        assert len(days) >= 5
        assert min(days) >= (now - timedelta(weeks=WEEKS)).date()
    assert Sitting.objects.exists()


def _earlier(first: datetime | None, then: datetime | None, now: datetime) -> bool:
    return bool(first and then and first < then < now)
