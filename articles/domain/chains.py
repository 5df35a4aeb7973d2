"""Chains: mentions of one thing, told by links between two of them at a time."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from articles.domain.spans import Relation


def chains_of(relations: Iterable[Relation]) -> list[list[UUID]]:
    """The spans that the links connect, directly or through others, as one list a chain.

    Chains and spans come in the order in which the links first name them.
    """
    chain_of: dict[UUID, list[UUID]] = {}
    for one in relations:
        source = chain_of.setdefault(one.source, [one.source])
        target = chain_of.setdefault(one.target, [one.target])
        if source is target:
            continue
        # The smaller list moves, so that each span moves at most log(n) times.
        larger, smaller = (source, target) if len(source) >= len(target) else (target, source)
        larger += smaller
        chain_of.update(dict.fromkeys(smaller, larger))
    return list({id(chain): chain for chain in chain_of.values()}.values())
