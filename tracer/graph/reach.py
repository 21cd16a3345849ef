"""Roots, reach and layers, over all situations at once.

Propagating sets of situations instead of walking each one by itself costs (depth × hops) mask
operations, goes round cycles without care, and never enumerates a path.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.graph.cells import Situations
from tracer.graph.traffic import Pair

__all__ = ["HopMasks", "Reach", "measure_reach", "transpose"]


@dataclass(frozen=True, slots=True)
class HopMasks:
    """The hops of a scope and the situations each is evidenced in.

    Parameters
    ----------
    hops : dict of Pair to int
        Non-empty masks over situations, by (upstream, downstream). Access hops are not among
        them.
    access : dict of Pair to int
        Hops of the carriers that stand above the chain.
    onward : dict of str to tuple of (str, int)
        By upstream: its downstreams in order of name, with masks; access hops left out.
    holders : dict of str to int
        By holder, where it is one.
    """

    hops: dict[Pair, int]
    access: dict[Pair, int]
    onward: dict[str, tuple[tuple[str, int], ...]]
    holders: dict[str, int]

    @property
    def allocated(self) -> int:
        """Situations that have a holder."""
        mask = 0
        for where in self.holders.values():
            mask |= where
        return mask


@dataclass(frozen=True, slots=True)
class Reach:
    """Who is reached, and where chains start.

    Parameters
    ----------
    layers : dict of str to int
        Fewest hops from a holder at any one point; parties no holder reaches are absent.
    starts : dict of str to dict of str to int
        By kind of start (`holder`, `gap`, `unallocated`), by party, the situations in which it
        is a root. Every party named has a hop onward or is a holder.
    """

    layers: dict[str, int]
    starts: dict[str, dict[str, int]]

    def root_mask(self, party: str) -> int:
        """Give the situations in which a party is a root, of whatever kind."""
        mask = 0
        for parties in self.starts.values():
            mask |= parties.get(party, 0)
        return mask


def transpose(situations: Situations, carriers: Iterable[str]) -> HopMasks:
    """Turn situations with hops into hops with situations, and tell access hops apart.

    Parameters
    ----------
    situations : Situations
        Of the scope.
    carriers : iterable of str
        Parties that are basic operators. One that is holder nowhere in the scope and has no
        upstream there stands above the chain; its hops are access hops.
    """
    hops: dict[Pair, int] = defaultdict(int)
    holders: dict[str, int] = defaultdict(int)
    for i, situation in enumerate(situations.situations):
        here = 1 << i
        for holder in situation.holders:
            holders[holder] |= here
        rest = situation.hops
        while rest:
            low = rest & -rest
            hops[situations.pairs[low.bit_length() - 1]] |= here
            rest ^= low
    downstreams = {downstream for _, downstream in hops}
    above = {name for name in carriers if name not in holders and name not in downstreams}
    chained = {pair: hops[pair] for pair in sorted(hops) if pair[0] not in above}
    onward: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (upstream, downstream), mask in chained.items():
        onward[upstream].append((downstream, mask))
    return HopMasks(
        hops=chained,
        access={pair: hops[pair] for pair in sorted(hops) if pair[0] in above},
        onward={party: tuple(found) for party, found in onward.items()},
        holders={name: holders[name] for name in sorted(holders)},
    )


def measure_reach(masks: HopMasks) -> Reach:
    """Find layers and roots.

    The roots are the holders, and of the parties the holders do not reach at a point, the
    strongly connected components that no other unreached component leads into: each at its one
    party, or, if it is a cycle, at its first party by name.
    """
    reached, layers = _spread(masks.holders, masks.onward)
    present: dict[str, int] = defaultdict(int)
    led_into: dict[str, int] = defaultdict(int)
    for (upstream, downstream), mask in masks.hops.items():
        present[upstream] |= mask
        present[downstream] |= mask
        led_into[downstream] |= mask
    unreached = {p: rest for p in sorted(present) if (rest := present[p] & ~reached.get(p, 0))}
    heads = {p: head for p, mask in unreached.items() if (head := mask & ~led_into.get(p, 0))}
    below_heads, _ = _spread(heads, masks.onward)
    cyclic = {p: rest for p, mask in unreached.items() if (rest := mask & ~below_heads.get(p, 0))}
    roots = defaultdict(int, heads)
    for party, mask in _cycle_roots(cyclic, masks.hops).items():
        roots[party] |= mask
    allocated = masks.allocated
    return Reach(
        layers,
        {
            "holder": dict(masks.holders),
            "gap": {p: gap for p in sorted(roots) if (gap := roots[p] & allocated)},
            "unallocated": {p: none for p in sorted(roots) if (none := roots[p] & ~allocated)},
        },
    )


def _spread(
    start: Mapping[str, int], onward: Mapping[str, tuple[tuple[str, int], ...]]
) -> tuple[dict[str, int], dict[str, int]]:
    """Spread sets of situations along the hops; also tell in how few hops each party is met."""
    reached = dict(start)
    hops_from_start = dict.fromkeys(start, 0)
    frontier = dict(start)
    distance = 0
    while frontier:
        distance += 1
        following: dict[str, int] = {}
        for party, mask in frontier.items():
            for downstream, where in onward.get(party, ()):
                fresh = mask & where & ~reached.get(downstream, 0)
                if fresh:
                    following[downstream] = following.get(downstream, 0) | fresh
        for party, mask in following.items():
            reached[party] = reached.get(party, 0) | mask
            hops_from_start.setdefault(party, distance)
        frontier = following
    return reached, hops_from_start


def _cycle_roots(cyclic: Mapping[str, int], hops: Mapping[Pair, int]) -> dict[str, int]:
    """Find the first party of every source cycle, situation by situation.

    Only parties that no single root leads to remain here, so their source components are cycles.
    """
    if not cyclic:
        return {}
    import networkx as nx

    remaining = 0
    for mask in cyclic.values():
        remaining |= mask
    roots: dict[str, int] = defaultdict(int)
    while remaining:
        here = remaining & -remaining
        remaining ^= here
        members = [party for party, mask in cyclic.items() if mask & here]
        graph = nx.DiGraph(
            pair
            for pair, mask in hops.items()
            if mask & here and pair[0] in cyclic and pair[1] in cyclic
        )
        graph = graph.subgraph(members)
        condensed = nx.condensation(graph)
        for component, degree in condensed.in_degree():
            if degree == 0:
                roots[min(condensed.nodes[component]["members"])] |= here
    return roots
