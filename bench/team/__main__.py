"""`make bench-team`: what a team's work takes, all of it or PARTS: agreement, load."""

from __future__ import annotations

import sys

from bench.team import agreement, load

PARTS = {"agreement": agreement.main, "load": load.main}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
