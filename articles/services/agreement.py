"""Readings of two people are compared in the background, so that the agreement page need not do it."""

from __future__ import annotations

from articles.domain.agreement.pair_counts import METHOD
from articles.models import LayerPair
from articles.queries.agreement.figures import uncounted_pairs
from articles.queries.agreement.readings import CountedPair, count_pairs

BATCH = 500
# Pairs of readings that are compared in one go, so that other tasks get their turn.
AT_ONCE = 5_000


def count_agreement() -> int:
    """Compare pairs of readings whose counts are missing or out of date. Answers how many. Each batch is
    committed by itself, so a worker that is killed loses one batch at most."""
    wanted, done = uncounted_pairs(AT_ONCE), 0
    for start in range(0, len(wanted), BATCH):
        # Read to its end before anything is kept: until then the transaction of reading is open.
        counted = list(count_pairs(wanted[start : start + BATCH]))
        _keep(counted)
        done += len(counted)
    return done


def _keep(counted: list[CountedPair]) -> None:
    """Each row holds the versions of the layers that were compared, so counts of an older version are never
    taken for those of a newer one, whoever writes last."""
    rows = [
        LayerPair(
            first_id=one.first,
            second_id=one.second,
            first_version=one.first_version,
            second_version=one.second_version,
            method=METHOD,
            counts=one.counts.to_json(),
        )
        for one in counted
    ]
    LayerPair.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["first_version", "second_version", "method", "counts"],
    )
