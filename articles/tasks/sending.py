from typing import Any

from celery import Task
from django.db import transaction


def send_after_commit(task: Task[Any, Any], *arguments: Any) -> None:
    """Hand a task to the workers once what it works on is committed.

    A broker that does not answer costs nothing but time: `resume_stale_jobs` finds the job's row and sends it
    again. So nothing is tried twice here, and the caller hears of no error.
    """
    transaction.on_commit(lambda: task.apply_async(arguments, ignore_result=True, retry=False), robust=True)
