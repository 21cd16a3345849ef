"""The scope of a trace: its numbers and days, and where on them each hop and holder is on record.

A scope has astronomically many points (number, day), but papers are boxes (a segment × a term)
and routing is single points, so every set of points that matters is a `Region` of few entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracer.graph.axis import DayAxis
from tracer.graph.numbers import NumberTree, plant
from tracer.graph.regions import Region, Regions
from tracer.graph.traffic import HopTraffic, Pair
from tracer.model.evidence import Allocation, Contract, Evidence
from tracer.model.period import Period

__all__ = ["Ground", "Scope", "boxes_of", "find_scope"]

_Box = tuple[str, int, int]
"""Prefix, first and last day, cut to the scope."""


@dataclass(frozen=True)
class Ground:
    """The numbers and days of a scope, whatever is on record there.

    Parameters
    ----------
    window : Period
        Days of the scope.
    tree, axis, regions
        Its numbers, its days, and the sets of both.
    """

    window: Period
    tree: NumberTree
    axis: DayAxis
    regions: Regions

    def has(self, region: Region, number: str, day: int) -> bool:
        """Tell whether a region has a point of the scope."""
        return bool(self.regions.at(region, self.tree.find(number)) & self.axis.bit(day))

    def period(self, region: Region) -> Period:
        """Give the first and last day of a non-empty region."""
        return self.axis.period(self.regions.days(region))

    def ends(self, region: Region) -> tuple[date | None, date | None]:
        """Give the first and last day of a non-empty region; None where open."""
        return self.axis.ends(self.regions.days(region))


@dataclass(frozen=True)
class Scope(Ground):
    """Where hops and holders are on record.

    Parameters
    ----------
    hops : Mapping of Pair to Region
        Non-empty, by (upstream, downstream).
    holders : Mapping of str to Region
        Where each is allocated the longest segment; sorted by name.
    allocated : Region
        Where anybody is.
    boxes : Mapping of Pair to Mapping of int to int
        By hop: the nodes of the tree at which it has evidence of its own, and the days.
    papers : Mapping of Pair to sequence of Contract
        By hop, contracts that cover some point of the scope.
    """

    hops: Mapping[Pair, Region]
    holders: Mapping[str, Region]
    allocated: Region
    boxes: Mapping[Pair, Mapping[int, int]]
    papers: Mapping[Pair, Sequence[Contract]]

    @cached_property
    def hops_of_node(self) -> Mapping[int, list[tuple[Pair, int]]]:
        """By node of the tree, hops that have evidence of their own there, and the days."""
        found: dict[int, list[tuple[Pair, int]]] = defaultdict(list)
        for pair, here in self.boxes.items():
            for node, days in here.items():
                found[node].append((pair, days))
        return found

    @property
    def ground(self) -> Ground:
        """The scope without what is on record there, for those who outlive it."""
        return Ground(self.window, self.tree, self.axis, self.regions)

    def hops_at(self, number: str, day: int) -> frozenset[Pair]:
        """Give the hops evidenced at a point of the scope."""
        bit = self.axis.bit(day)
        return frozenset(
            pair
            for node in self.tree.path(self.tree.find(number))
            for pair, days in self.hops_of_node.get(node, ())
            if days & bit
        )


def find_scope(evidence: Evidence, window: Period, traffic: Mapping[Pair, HopTraffic]) -> Scope:
    """Find where in the scope the hops and holders on record are.

    Parameters
    ----------
    evidence : Evidence
        Every record that concerns the number.
    window : Period
        Days of the scope.
    traffic : Mapping of Pair to HopTraffic
        Its routing, added up.
    """
    first, last = window.bounds()
    top = evidence.number
    papers: dict[Pair, list[Contract]] = {}
    signed: dict[Pair, list[_Box]] = {}
    boxes: list[_Box] = []
    for contract in evidence.contracts:
        if found := boxes_of(contract, top, first, last):
            pair = (contract.upstream, contract.downstream)
            if pair in papers:
                papers[pair].append(contract)
                signed[pair] += found
            else:
                papers[pair], signed[pair] = [contract], found
            boxes += found
    allocated = [(a, box) for a in evidence.allocations for box in boxes_of(a, top, first, last)]
    routed = [
        (pair, number, day)
        for pair, points in traffic.items()
        for (number, day), here in points.items()
        if here.messages and first <= day <= last
    ]
    boxes += [box for _, box in allocated]
    prefixes, lows, highs = (
        (set(each) for each in zip(*boxes, strict=True)) if boxes else ((), (), ())
    )
    cuts = {*lows, *(high + 1 for high in highs)}
    cuts.update(day + step for _, _, day in routed for step in (0, 1))
    axis = DayAxis(first, last, cuts)
    tree = plant(top, prefixes, {number for _, number, _ in routed})
    regions = Regions(tree)

    points: dict[Pair, list[tuple[str, int]]] = defaultdict(list)
    for pair, number, day in routed:
        points[pair].append((number, day))
    own: dict[Pair, dict[int, int]] = {}
    hops: dict[Pair, Region] = {}
    segments, span = tree.segments, axis.span
    for pair in sorted(papers.keys() | points.keys() if points else papers):
        here: dict[int, int] = {}
        own[pair] = here
        for prefix, low, high in signed.get(pair, ()):
            node, days = segments[prefix], span(low, high)
            here[node] = here[node] | days if node in here else days
        for number, day in points.get(pair, ()):
            node, days = tree.routed[number], span(day, day)
            here[node] = here[node] | days if node in here else days
        # One box is a region as it is, unless its segment has no free number.
        hops[pair] = here if len(here) == 1 and not tree.hollow else regions.of_boxes(here)
    holders, anybody = _holders(allocated, tree, axis, regions)
    return Scope(
        window,
        tree,
        axis,
        regions,
        hops,
        holders,
        anybody,
        own,
        papers,
    )


def boxes_of(record: Contract | Allocation, top: str, first: int, last: int) -> list[_Box]:
    """Give prefix and days of a record as far as they lie in the scope."""
    low, high = record.term.bounds()
    if low < first:
        low = first
    if high > last:
        high = last
    if low > high:
        return []
    segments = record.segments if isinstance(record, Contract) else (record.segment,)
    if len(segments) == 1:  # as mostly
        prefix = segments[0].prefix
        if prefix.startswith(top):
            return [(prefix, low, high)]
        return [(top, low, high)] if top.startswith(prefix) else []
    found: list[_Box] = []
    for segment in segments:
        if segment.prefix.startswith(top):
            found.append((segment.prefix, low, high))
        elif top.startswith(segment.prefix):
            found.append((top, low, high))
    return found


def _holders(
    allocated: Iterable[tuple[Allocation, _Box]],
    tree: NumberTree,
    axis: DayAxis,
    regions: Regions,
) -> tuple[dict[str, Region], Region]:
    """Find where each holder holds the longest segment, and where anybody does."""
    entries: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for allocation, (prefix, low, high) in allocated:
        length = len(allocation.segment.prefix)
        node = tree.segments[prefix]
        entries[node].append((length, allocation.holder, axis.span(low, high)))
    taken = {node: _united(days for _, _, days in here) for node, here in entries.items()}
    # Top down: what is not allocated anew stays with the holders of the shorter segment.
    here_by_node: dict[int, dict[str, int]] = {}
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for node in sorted(entries):
        above = next((n for n in tree.path(node)[1:] if n in here_by_node), None)
        inherited = here_by_node[above] if above is not None else {}
        here = {holder: days & ~taken[node] for holder, days in inherited.items()}
        for holder, days in _longest(entries[node]):
            here[holder] = here.get(holder, 0) | days
        here_by_node[node] = {holder: days for holder, days in here.items() if days}
        for holder, days in here.items():
            found[holder][node] = days
    holders = {name: regions.tidy(found[name]) for name in sorted(found)}
    return {name: where for name, where in holders.items() if where}, regions.of_boxes(taken)


def _longest(entries: list[tuple[int, str, int]]) -> Iterator[tuple[str, int]]:
    """Give holders and days of the longest segments, day by day, among those of one node."""
    taken = 0
    for length in sorted({length for length, _, _ in entries}, reverse=True):
        here = [(holder, days) for other, holder, days in entries if other == length]
        for holder, days in here:
            if days & ~taken:
                yield holder, days & ~taken
        taken |= _united(days for _, days in here)


def _united(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
