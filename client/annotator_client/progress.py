from __future__ import annotations

from typing import Any

from tqdm import tqdm


def bytes_bar(what: str, total: int | None, *, shown: bool) -> tqdm[Any]:
    """A bar that counts bytes. It is shown on terminals only."""
    return tqdm(
        desc=what, total=total, unit="B", unit_scale=True, unit_divisor=1024, disable=None if shown else True
    )


def count_bar(what: str, total: int | None, *, shown: bool) -> tqdm[Any]:
    return tqdm(desc=what, total=total, unit="", disable=None if shown else True)
