"""What the engines of a run count: requests to services, tokens that were paid for, suggestions of no use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from articles.engines.connected import ConnectedEngine
from articles.models import Job
from articles.services.runs.readings import Ready


def settle_counts(job_id: int, engines: Sequence[Ready]) -> None:
    """Add what was counted since the last time to the run's report, and tell each engine what all workers of
    the run have counted. What a batch cost counts, also when it failed."""
    asking = [(one.row.name, one.engine) for one in engines if isinstance(one.engine, ConnectedEngine)]
    if not asking:
        return
    with transaction.atomic():
        job = Job.objects.select_for_update(no_key=True).only("report").get(pk=job_id)
        counted = {name: Counter(of) for name, of in job.report.get("counted", {}).items()}
        for name, engine in asking:
            counted[name] = counted.get(name, Counter()) + engine.counted
            engine.counted_before = Counter(counted[name])
            engine.counted.clear()
        report = {name: dict(of) for name, of in counted.items() if of}
        if report != job.report.get("counted", {}):
            Job.objects.filter(pk=job_id).update(report={**job.report, "counted": report})
