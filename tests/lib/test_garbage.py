from __future__ import annotations

import gc

from annotator.lib.garbage import collect_seldom


def test_what_is_there_is_left_alone_and_the_rest_searched_seldom() -> None:
    before = gc.get_threshold()
    try:
        collect_seldom()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[0] > before[0]
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
