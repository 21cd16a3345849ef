"""What holds at a single point, a number on a day: the brute-force evaluator's reading."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tracer.model.evidence import Allocation, Contract
from tracer.model.period import Period

__all__ = ["Hop", "Point", "Shape", "evidences", "holders_at", "shape_of", "within"]

Hop = tuple[str, str]
Point = tuple[str, int]


def within(term: Period, day: int) -> bool:
    starts = term.first is None or term.first.toordinal() <= day
    return starts and (term.last is None or day <= term.last.toordinal())


def evidences(contract: Contract, point: Point) -> bool:
    number, day = point
    covers = any(number.startswith(segment.prefix) for segment in contract.segments)
    return covers and within(contract.term, day)


def holders_at(allocations: Iterable[Allocation], point: Point) -> frozenset[str]:
    number, day = point
    fits = [
        (len(a.segment.prefix), a.holder)
        for a in allocations
        if number.startswith(a.segment.prefix) and within(a.term, day)
    ]
    longest = max((length for length, _ in fits), default=0)
    return frozenset(holder for length, holder in fits if length == longest)


@dataclass(frozen=True)
class Shape:
    """What the hops and holders of a point make of it; equal at all points with equal ones."""

    layers: Mapping[str, int]
    gaps: frozenset[str]
    chains: tuple[tuple[tuple[str, ...], str, str], ...]


@lru_cache(maxsize=5000)
def shape_of(hops: frozenset[Hop], holders: frozenset[str]) -> Shape:
    def reached_from(starts: Iterable[str]) -> set[str]:
        reached = set(starts)
        while more := {d for u, d in hops if u in reached} - reached:
            reached |= more
        return reached

    def walks(walk: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        onward = {d for u, d in hops if u == walk[-1]}
        if onward <= set(walk) and len(walk) > 1:
            yield walk, "cycle" if onward else "terminal"
        for downstream in onward - set(walk):
            yield from walks((*walk, downstream))

    roots = dict.fromkeys(holders, "holder")
    unreached = {party for hop in hops for party in hop} - reached_from(holders)
    for party in unreached:
        above = {q for q in unreached if party in reached_from({q})}
        component = above & reached_from({party})
        if above == component and party == min(component):
            roots[party] = "gap" if holders else "unallocated"

    layers = dict.fromkeys(holders, 0)
    for depth in range(1, len(hops) + 1):
        rim = {d for u, d in hops if layers.get(u) == depth - 1}
        layers |= dict.fromkeys(rim - set(layers), depth)

    return Shape(
        layers,
        frozenset(party for party, start in roots.items() if start == "gap"),
        tuple((w, start, end) for root, start in roots.items() for w, end in walks((root,))),
    )
