"""Python's search for garbage, set for processes that live long and make many objects at once."""

from __future__ import annotations

import gc

# Of Python's own 700 the search runs ten times in a batch of suggestions, each time through more of what is
# still in use: a sixth of a run's time. So many are some ten megabytes.
_NEW_OBJECTS = 50_000


def collect_seldom() -> None:
    """Leave alone for good what is there now, and search what comes later less often. To be called when
    everything is imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
