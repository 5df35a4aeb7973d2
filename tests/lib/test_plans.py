from __future__ import annotations

import pytest
from django.db import connection, transaction

from annotator.lib.plans import planned_without
from articles.models import RunItem

pytestmark = pytest.mark.django_db


def test_rows_come_in_the_order_of_an_index_where_nothing_may_be_sorted() -> None:
    free = RunItem.objects.free().filter(job=1).order_by("tries", "pk")
    with transaction.atomic(), planned_without("sort"):
        plan = free[:100].explain()
    assert "run_item_free" in plan
    assert "Sort" not in plan


def test_the_planner_is_free_again_afterwards() -> None:
    with connection.cursor() as cursor, transaction.atomic():
        with planned_without("sort", "seqscan"):
            pass
        cursor.execute("SELECT current_setting('enable_sort'), current_setting('enable_seqscan')")
        assert cursor.fetchone() == ("on", "on")
