from __future__ import annotations

from django.db import connection


def commit_without_waiting() -> None:
    """Have the present transaction committed before it has reached the disk.

    If the server crashes within the next second the transaction may be lost as a whole, and everything that
    was committed after it is lost, too. It is meant for work that is then done again. A later commit in the
    usual way also waits for this one to reach the disk.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
