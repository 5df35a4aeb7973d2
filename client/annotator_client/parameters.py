"""Python values as the API's parameters and form fields write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")


def parameters_of(values: Mapping[str, Any], **own: str | int) -> dict[str, str | int]:
    """Of an address. None and False are left out; lists have commas, shares are `train:80,test:20`."""
    wanted = {name: value for name, value in values.items() if value is not None and value is not False}
    return {**{name: _parameter(value) for name, value in wanted.items()}, **own}


def fields_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Of a form. None is left out; what is no text is JSON."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
        if value is not None
    }


def batches_of(values: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def _parameter(value: Any) -> str | int:
    if value is True:
        return "1"
    if isinstance(value, Mapping):
        return ",".join(f"{name}:{share}" for name, share in value.items())
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)
