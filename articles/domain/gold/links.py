"""Relations of several readers compared through the entities at their ends. Chains are compared as sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from articles.domain.chains import chains_of
from articles.domain.spans import Relation

Chain = tuple[int, ...]  # the numbers of its entities, in reading order


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A relation between two entities, by their numbers."""

    type: str
    source: int
    target: int
    attributes: tuple[tuple[str, Any], ...] = ()


def links_said(
    readings: Sequence[Sequence[Relation]], number: Mapping[UUID, int], chain_types: Collection[str]
) -> tuple[list[tuple[Chain, list[tuple[Link, ...]]]], list[Link]]:
    """For each pair of entities on which readers differ, what each reading says about it; and the links on
    which all agree."""
    by_pair: dict[Chain, list[list[Link]]] = defaultdict(lambda: [[] for _ in readings])
    for place, relations in enumerate(readings):
        for one in relations:
            link = _link(one, number)
            if one.type not in chain_types and link.source != link.target:
                by_pair[_pair(link)][place].append(link)
    apart, agreed = list[tuple[Chain, list[tuple[Link, ...]]]](), list[Link]()
    for pair, said in by_pair.items():
        told = [tuple(sorted(links, key=repr)) for links in said]
        if all(links == told[0] for links in told):
            agreed += told[0]
        else:
            apart.append((pair, told))
    return apart, agreed


def chains_said(
    readings: Sequence[Sequence[Relation]], number: Mapping[UUID, int], chain_types: Collection[str]
) -> tuple[list[tuple[str, Chain, list[tuple[Chain, ...]]]], list[Link]]:
    """For each type and group of entities on which readers differ, the chains that each reading makes of the
    group; and the chains that all readings have, linked as in the first."""
    apart, agreed = list[tuple[str, Chain, list[tuple[Chain, ...]]]](), list[Link]()
    for name in sorted(chain_types):
        told = [_chains([one for one in relations if one.type == name], number) for relations in readings]
        common = set.intersection(*told) if told else set()
        members = {n for chain in common for n in chain}
        own = [_link(one, number) for one in readings[0] if one.type == name] if readings else []
        agreed += [link for link in own if link.source in members]
        for group in _meeting(set().union(*told) - common):
            ends = set(group)
            said = [tuple(sorted(chain for chain in chains - common if ends & set(chain))) for chains in told]
            apart.append((name, group, said))
    return apart, agreed


def _link(relation: Relation, number: Mapping[UUID, int]) -> Link:
    attributes = tuple(sorted(relation.attributes.items()))
    return Link(relation.type, number[relation.source], number[relation.target], attributes)


def _pair(link: Link) -> Chain:
    return min(link.source, link.target), max(link.source, link.target)


def _chains(relations: Sequence[Relation], number: Mapping[UUID, int]) -> set[Chain]:
    chains = (tuple(sorted({number[id_] for id_ in chain})) for chain in chains_of(relations))
    return {chain for chain in chains if len(chain) > 1}


def _meeting(chains: set[Chain]) -> list[Chain]:
    """Chains that have members in common, directly or through other chains, joined into one set of members
    each."""
    groups = list[set[int]]()
    for chain in sorted(chains):
        touching = [group for group in groups if group & set(chain)]
        groups = [group for group in groups if group not in touching]
        groups.append(set(chain).union(*touching))
    return [tuple(sorted(group)) for group in groups]
