"""`make bench-team`: what a team's work takes."""

from __future__ import annotations

from bench.team import agreement

if __name__ == "__main__":
    agreement.main()
