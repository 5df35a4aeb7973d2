"""What several readers say of relations, compared through the entities at their ends; chains as sets."""

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
    """Per pair of entities what each reading says of them, where not all say the same; and what all say."""
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
    """Per type and group of entities into what chains each reading puts them, where not all do it alike; and
    the chains that all have, as the first reading links them."""
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
    """The members of chains that share some, directly or through others."""
    groups = list[set[int]]()
    for chain in sorted(chains):
        touching = [group for group in groups if group & set(chain)]
        groups = [group for group in groups if group not in touching]
        groups.append(set(chain).union(*touching))
    return [tuple(sorted(group)) for group in groups]
