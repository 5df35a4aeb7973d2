"""A worker knows every task that is asked of it."""

import subprocess
import sys

# A process of its own, because other tests import tasks one by one.
_SCRIPT = """
from annotator.celery import app
from django.conf import settings
app.loader.import_default_modules()
print(*sorted({entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks)))
"""


def test_a_worker_knows_every_task_that_the_clock_asks_for() -> None:
    answer = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []
