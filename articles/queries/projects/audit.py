"""The audit log of a project, as its managers read it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from annotator.users.models import AuditEntry, Project, User

_COLUMNS = ("at", "by", "verb", "text", "details", "project", "address")
# A spreadsheet takes what begins so for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class AuditFilter:
    """What of the log is wanted. `until` is the last day, included; `q` are words in what is told."""

    by: str = ""
    verb: str = ""
    since: date | None = None
    until: date | None = None
    q: str = ""


def audit_log(project: Project, wanted: AuditFilter) -> QuerySet[AuditEntry]:
    """Of the project, with the people."""
    rows = AuditEntry.objects.filter(project=project).select_related("by")
    if wanted.by:
        rows = rows.filter(by__username=wanted.by)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.since:
        rows = rows.filter(at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__date__lte=wanted.until)
    if wanted.q:
        rows = rows.filter(Q(text__icontains=wanted.q) | Q(data__icontains=wanted.q))
    return rows


def people_in_log(project: Project) -> list[User]:
    """Who did something that is written down."""
    done = AuditEntry.objects.filter(project=project, by__isnull=False).order_by().values("by").distinct()
    return list(User.objects.filter(pk__in=done).order_by("username"))


def as_csv(rows: Iterable[AuditEntry]) -> Iterator[str]:
    """A table with a heading, line by line. What a spreadsheet would run stands as text."""
    writer = csv.writer(_Echo())
    yield writer.writerow(_COLUMNS)
    for row in rows:
        yield writer.writerow([_as_text(cell) for cell in _cells(row)])


def _cells(row: AuditEntry) -> tuple[str, ...]:
    by = row.by.username if row.by else ""
    return (row.at.isoformat(), by, row.verb, row.text, _details(row), row.project_name, row.address or "")


def _details(row: AuditEntry) -> str:
    """`role: viewer, before: manager`: in a file, as it was written down."""
    return ", ".join(f"{name}: {_in_words(value)}" for name, value in row.data.items())


def _in_words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


class _Echo:
    """A file that hands back what is written."""

    def write(self, line: str) -> Any:
        return line
