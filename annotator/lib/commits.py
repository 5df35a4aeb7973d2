from __future__ import annotations

from django.db import connection


def commit_without_waiting() -> None:
    """Have the present transaction committed before it has reached the disk. Should the server crash within
    the next second it may be lost, but whole, and never without what was committed after it: for work that
    would then be done again. What is committed later in the usual way waits for it too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
