"""The Celery application. BLAS is told to use one thread before anything loads numpy."""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings.dev")

from celery import Celery  # noqa: E402
from celery.signals import worker_process_init  # noqa: E402

from annotator.lib.garbage import collect_seldom  # noqa: E402

app = Celery("annotator")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["articles"])


@worker_process_init.connect
def _settle(**_: object) -> None:
    collect_seldom()
