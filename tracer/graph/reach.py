"""Roots, reach and layers, over all points of a scope at once.

Propagating regions instead of walking each point by itself costs (depth × hops) operations on
regions, goes round cycles without care, and never enumerates a path.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from tracer.graph.regions import EMPTY, Region, Regions
from tracer.graph.scope import Scope
from tracer.graph.traffic import Pair

__all__ = ["HopRegions", "Reach", "measure_reach", "tell_access_apart"]

_Onward = Mapping[str, tuple[tuple[str, Region], ...]]


@dataclass(frozen=True, slots=True)
class HopRegions:
    """The hops of a scope and where each is evidenced.

    Parameters
    ----------
    hops : dict of Pair to Region
        By (upstream, downstream). Access hops are not among them.
    access : dict of Pair to Region
        Hops of the carriers that stand above the chain.
    onward : dict of str to tuple of (str, Region)
        By upstream: its downstreams in order of name; access hops left out.
    """

    hops: dict[Pair, Region]
    access: dict[Pair, Region]
    onward: dict[str, tuple[tuple[str, Region], ...]]


@dataclass(frozen=True)
class Reach:
    """Who is reached, and where chains start.

    Parameters
    ----------
    layers : dict of str to int
        Fewest hops from a holder at any one point; parties no holder reaches are absent.
    starts : dict of str to dict of str to Region
        By kind of start (`holder`, `gap`, `unallocated`), by party, where it is a root. Every
        party named has a hop onward or is a holder.
    onward : dict of str to Region
        Where each party has a hop onward, access left out; parties with none are absent.
    around_cycles : set of str
        Parties on cycles of hops, and on ways from one cycle to another, at whatever points.
    """

    layers: dict[str, int]
    starts: dict[str, dict[str, Region]]
    onward: dict[str, Region]
    around_cycles: set[str]

    @cached_property
    def kinds_of_root(self) -> Mapping[str, tuple[str, ...]]:
        """Every root by name, and how chains start there, over all points; sorted."""
        found: dict[str, tuple[str, ...]] = {}
        for kind in sorted(self.starts):
            for party in self.starts[kind]:
                found[party] = (*found.get(party, ()), kind)
        return {party: found[party] for party in sorted(found)}


def tell_access_apart(scope: Scope, carriers: Iterable[str]) -> HopRegions:
    """Tell the hops of a scope and the access hops apart.

    Parameters
    ----------
    scope : Scope
        Of the trace.
    carriers : iterable of str
        Parties that are basic operators. One that is holder nowhere in the scope and has no
        upstream there stands above the chain; its hops are access hops.
    """
    above = {name for name in carriers if name not in scope.holders}
    if above:
        above -= {downstream for _, downstream in scope.hops}
    access = {pair: scope.hops[pair] for pair in scope.hops if pair[0] in above} if above else {}
    hops = dict(scope.hops)
    for pair in access:
        del hops[pair]
    onward: dict[str, list[tuple[str, Region]]] = {}
    for (upstream, downstream), region in hops.items():
        if upstream in onward:
            onward[upstream].append((downstream, region))
        else:
            onward[upstream] = [(downstream, region)]
    return HopRegions(hops, access, {party: tuple(found) for party, found in onward.items()})


def measure_reach(scope: Scope, hops: HopRegions) -> Reach:
    """Find layers and roots.

    The roots are the holders, and of the parties the holders do not reach at a point, the
    strongly connected components that no other unreached component leads into: each at its one
    party, or, if it is a cycle, at its first party by name.
    """
    algebra = scope.regions
    reached, layers = _spread(algebra, scope.holders, hops.onward)
    cover, less = algebra.cover, algebra.less
    onward = {
        party: ways[0][1] if len(ways) == 1 else cover([where for _, where in ways])
        for party, ways in hops.onward.items()
    }
    leading: dict[str, list[Region]] = {}
    for (_, downstream), region in hops.hops.items():
        if downstream in onward:
            leading.setdefault(downstream, []).append(region)
    roots: dict[str, Region] = {}
    below: dict[str, Region] = {}
    cyclic = _around_cycles(hops.hops, leading)
    for party, leading_on in onward.items():  # where a party only is led to, it is no root
        above = reached.get(party, EMPTY)
        head = less(leading_on, above) if above else leading_on
        if (led_by := leading.get(party)) and (head or party in cyclic):
            led_into = led_by[0] if len(led_by) == 1 else cover(led_by)
            head = less(head, led_into)
            if party in cyclic and (rest := less(led_into, above)):
                below[party] = rest
        if head:
            roots[party] = head
    for party, region in _cycle_roots(algebra, below, hops.hops).items():
        roots[party] = algebra.join(roots.get(party, EMPTY), region)
    gaps = {party: algebra.meet(roots[party], scope.allocated) for party in sorted(roots)}
    return Reach(
        layers,
        {
            "holder": dict(scope.holders),
            "gap": {party: gap for party, gap in gaps.items() if gap},
            "unallocated": {
                party: rest
                for party, gap in gaps.items()
                if gap != roots[party] and (rest := algebra.less(roots[party], gap))
            },
        },
        onward,
        cyclic,
    )


def _spread(
    algebra: Regions,
    start: Mapping[str, Region],
    onward: _Onward,
    within: Mapping[str, Region] | None = None,
) -> tuple[dict[str, Region], dict[str, int]]:
    """Spread regions along the hops; also tell in how few hops each party is met.

    With `within`, only as far as the regions it gives.
    """
    reached = dict(start)
    hops_from_start = dict.fromkeys(start, 0)
    frontier = dict(start)
    distance = 0
    while frontier:
        distance += 1
        following: dict[str, Region] = {}
        for party, region in frontier.items():
            for downstream, where in onward.get(party, ()):
                met = algebra.meet(region, where)
                if within is not None:
                    met = algebra.meet(met, within.get(downstream, EMPTY))
                if met and downstream in reached:
                    met = algebra.less(met, reached[downstream])
                if met:
                    if downstream in following:
                        met = algebra.join(following[downstream], met)
                    following[downstream] = met
        for party, region in following.items():
            before = reached.get(party)
            reached[party] = algebra.join(before, region) if before else region
            hops_from_start.setdefault(party, distance)
        frontier = following
    return reached, hops_from_start


def _cycle_roots(
    algebra: Regions, below: Mapping[str, Region], hops: Mapping[Pair, Region]
) -> dict[str, Region]:
    """Find the first party of every source cycle.

    Parameters
    ----------
    below : Mapping of str to Region
        Where an unreached party that may be on or between cycles has a hop leading into it.
    """
    kept = _without_heads(algebra, below, hops)
    if not kept:
        return {}
    onward: dict[str, list[tuple[str, Region]]] = defaultdict(list)
    back: dict[str, list[tuple[str, Region]]] = defaultdict(list)
    for (upstream, downstream), region in hops.items():
        if upstream in kept and downstream in kept:
            onward[upstream].append((downstream, region))
            back[downstream].append((upstream, region))
    forth = {party: tuple(ways) for party, ways in onward.items()}
    upward = {party: tuple(ways) for party, ways in back.items()}
    roots: dict[str, Region] = {}
    claimed: dict[str, Region] = {}
    for party in sorted(kept):  # the first party of a component claims all of it
        start = algebra.less(kept[party], claimed.get(party, EMPTY))
        if not start:
            continue
        below_it, _ = _spread(algebra, {party: start}, forth, kept)
        above_it, _ = _spread(algebra, {party: start}, upward, kept)
        root = start
        for other, region in above_it.items():  # what leads to it must be in its cycle
            root = algebra.less(root, algebra.less(region, below_it.get(other, EMPTY)))
        if root:
            roots[party] = root
            for other, region in above_it.items():
                mine = algebra.meet(region, root)
                claimed[other] = algebra.join(claimed.get(other, EMPTY), mine)
    return roots


def _around_cycles(hops: Iterable[Pair], led_to: Iterable[str]) -> set[str]:
    """Give the parties on cycles, and on ways from one cycle to another, at whatever points.

    `led_to` are those with a hop onward that some hop leads to: no other is on a cycle.
    """
    ways: dict[str, list[str]] = {party: [] for party in led_to}
    for upstream, downstream in hops:
        if downstream in ways and upstream in ways:
            ways[upstream].append(downstream)
    upstreams = Counter(chain.from_iterable(ways.values()))
    agenda = [party for party in ways if party not in upstreams]
    while agenda:  # again and again leave out what nothing leads to
        for downstream in ways[agenda.pop()]:
            upstreams[downstream] -= 1
            if not upstreams[downstream]:
                agenda.append(downstream)
    left = {party for party, count in upstreams.items() if count}
    leading: dict[str, list[str]] = defaultdict(list)
    downstreams: dict[str, int] = dict.fromkeys(left, 0)
    for party in left:
        for downstream in ways[party]:
            if downstream in left:
                leading[downstream].append(party)
                downstreams[party] += 1
    agenda = [party for party, count in downstreams.items() if not count]
    while agenda:  # then what leads nowhere
        party = agenda.pop()
        left.discard(party)
        for upstream in leading.get(party, ()):
            downstreams[upstream] -= 1
            if not downstreams[upstream]:
                agenda.append(upstream)
    return left


def _without_heads(
    algebra: Regions, below: Mapping[str, Region], hops: Mapping[Pair, Region]
) -> dict[str, Region]:
    """Leave only points at which all that leads to a party is in or below cycles as well.

    Everything below a single root goes: what is led into by a party that is not kept is not kept.
    """
    if not below:
        return {}
    into: dict[str, list[tuple[str, Region]]] = defaultdict(list)
    onward: dict[str, list[str]] = defaultdict(list)
    for (upstream, downstream), region in hops.items():
        if downstream in below:
            into[downstream].append((upstream, region))
            onward[upstream].append(downstream)
    kept = dict(below)
    agenda = dict.fromkeys(sorted(kept))
    while agenda:
        party = next(iter(agenda))
        del agenda[party]
        rest = kept[party]
        for upstream, region in into[party]:
            rest = algebra.less(rest, algebra.less(region, kept.get(upstream, EMPTY)))
            if not rest:
                break
        if rest != kept[party]:
            kept[party] = rest
            agenda.update(dict.fromkeys(onward.get(party, ())))
    return {party: region for party, region in kept.items() if region}
