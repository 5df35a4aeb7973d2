"""What the engine has learned, and the bytes it is kept as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from articles.engines.base import EngineError
from articles.engines.learned.clusters import Clusters
from articles.engines.learned.container import Parts, pack, unpack
from articles.engines.learned.crf import MAX_CELLS, Weights
from articles.engines.learned.levels import DEEPEST, OUTSIDE

MAX_TAGS = 2_000


@dataclass(frozen=True, slots=True)
class Model:
    """`outer` reads paragraphs, `inner` what is within a mention, down to `depth` levels in all. `engines`
    are those whose suggestions were seen in the lessons."""

    engines: tuple[str, ...]
    clusters: Clusters
    depth: int
    outer: Weights
    inner: Weights | None

    def features(self) -> Iterator[str]:
        """What its weights are of; some come twice."""
        yield from self.outer.features
        yield from self.inner.features if self.inner else ()

    def to_bytes(self) -> bytes:
        """The same model gives the same bytes."""
        header: dict[str, Any] = {"engines": self.engines, "depth": self.depth}
        parts: Parts = {"clusters": orjson.dumps(self.clusters, option=orjson.OPT_SORT_KEYS)}
        for name, weights in (("outer", self.outer), ("inner", self.inner)):
            if weights:
                header[name] = weights.tags
                parts |= _packed(name, weights)
        return pack(header, parts)


def from_bytes(model: bytes) -> Model:
    """Raises EngineError when the bytes are not whole, not ours, or do not fit together."""
    header, parts = unpack(model)
    try:
        inner = _unpacked("inner", header, parts) if "inner" in header else None
        outer = _unpacked("outer", header, parts)
        return Model(
            _names(header["engines"]), _clusters(parts["clusters"]), _depth(header["depth"]), outer, inner
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(
            f"The model of the learned engine cannot be read: {error}. Train it again."
        ) from error


def _packed(name: str, weights: Weights) -> Parts:
    """States without their zeros, at half precision: the third digit of a weight decides nothing."""
    places = np.flatnonzero(weights.states)
    return {
        f"{name} features": orjson.dumps(weights.features),
        f"{name} places": places.astype("<u4").tobytes(),
        f"{name} values": weights.states.ravel()[places].astype("<f2").tobytes(),
        f"{name} steps": weights.steps.astype("<f2").tobytes(),
    }


def _unpacked(name: str, header: dict[str, Any], parts: Parts) -> Weights:
    tags, features = _names(header[name]), _names(orjson.loads(parts[f"{name} features"]))
    if OUTSIDE not in tags or len(tags) > MAX_TAGS or len(tags) * len(features) > MAX_CELLS:
        raise ValueError("it is too large")
    states = np.zeros(len(features) * len(tags), np.float32)
    places = np.frombuffer(parts[f"{name} places"], "<u4")
    if places.size and int(places.max()) >= states.size:
        raise ValueError("its weights are of features that it does not have")
    states[places] = _numbers(parts[f"{name} values"], places.size)
    steps = _numbers(parts[f"{name} steps"], len(tags) ** 2).reshape(len(tags), len(tags))
    return Weights(tags, features, states.reshape(len(features), len(tags)), steps)


def _numbers(part: bytes, count: int) -> NDArray[np.float32]:
    found = np.frombuffer(part, "<f2").astype(np.float32)
    if found.size != count or not np.isfinite(found).all():
        raise ValueError("its weights are no numbers, or too few or too many")
    return found


def _names(found: Any) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise TypeError("a list of names is none")
    return tuple(found)


def _depth(found: Any) -> int:
    if not isinstance(found, int) or not 0 < found <= DEEPEST:
        raise ValueError("its depth is none")
    return found


def _clusters(part: bytes) -> Clusters:
    found = orjson.loads(part)
    return {str(word): tuple(int(group) for group in groups) for word, groups in found.items()}
