"""Who holds what in a scope, and by which claim: what the rules on subleasing look at.

A party holds a number on a day when an allocation to it or an incoming contract of it covers the
number then. An access contract of a carrier above the chain gives nothing to hand on.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from tracer.graph.regions import EMPTY, Region
from tracer.graph.scope import boxes_of
from tracer.graph.survey import Survey
from tracer.graph.traffic import Pair
from tracer.model.evidence import Allocation, Contract

__all__ = ["Holdings", "Overlet"]

_Boxes = Mapping[int, int]
"""Days (mask of the scope's axis) by node of its tree, as papers state them: not united, so that
a segment all of whose parts are held is not held as a whole."""


class Overlet(NamedTuple):
    """What a party lets on days on which no paper of it covers all of that.

    Parameters
    ----------
    downstreams : sequence of str
        To whom, in order.
    held : Mapping of int to int
        By node it lets to anybody, the days on which one paper of it covers all of the node.
    is_in_part : bool
        Some paper of it covers no more than a part of a node it lets.
    """

    downstreams: Sequence[str]
    held: Mapping[int, int]
    is_in_part: bool


class Holdings:
    """Claims and grants of every party of a scope, as regions of (number, day).

    Parameters
    ----------
    found : Survey
        Of the scope.
    """

    def __init__(self, found: Survey) -> None:
        self._found = found
        self._algebra = found.scope.regions
        self._held_by_contract: dict[str, Region] = {}
        self._papers: dict[Pair, Region] = {}
        self._let_to: dict[str, _Boxes] = {}
        self._claims: dict[str, _Boxes] = {}

    @cached_property
    def upstreams(self) -> Mapping[str, Sequence[str]]:
        """Upstreams of each party in the scope, access left out; sorted, as the hops are."""
        found: dict[str, list[str]] = {}
        for upstream, downstream in self._found.hops.hops:
            if downstream in found:
                found[downstream].append(upstream)
            else:
                found[downstream] = [upstream]
        return found

    @cached_property
    def _allocations_of(self) -> Mapping[str, list[Allocation]]:
        by_holder: dict[str, list[Allocation]] = defaultdict(list)
        for allocation in self._found.evidence.allocations:
            by_holder[allocation.holder].append(allocation)
        return dict(by_holder)

    def is_ever_holder(self, party: str) -> bool:
        """Tell whether some of the scope is allocated to the party, on whatever days."""
        return party in self._allocations_of

    @cached_property
    def _allocated(self) -> Mapping[str, Region]:
        return {name: self.region_of(found) for name, found in self._allocations_of.items()}

    def allocated_to(self, party: str) -> Region:
        """Where an allocation to the party covers, be there a longer one to another or not."""
        return self._allocated.get(party, EMPTY)

    @cached_property
    def _all_on_paper(self) -> Mapping[Pair, Region]:
        """Hops that nothing but contracts evidences, and where: all of them, without any log."""
        hops, traffic = self._found.hops.hops, self._found.traffic
        if not traffic:
            return hops
        return {pair: region for pair, region in hops.items() if pair not in traffic}

    def on_paper(self, pair: Pair) -> Region:
        """Where a contract of the hop covers."""
        if (known := self._all_on_paper.get(pair)) is not None:
            return known
        if (known := self._papers.get(pair)) is None:
            known = self._papers[pair] = self._algebra.of_boxes(self.boxes(pair))
        return known

    def held_by_contract(self, party: str) -> Region:
        """Where an incoming contract of the party covers, access left out."""
        if (known := self._held_by_contract.get(party)) is None:
            above = self.upstreams.get(party, ())
            known = self._algebra.cover([self.on_paper((each, party)) for each in above])
            self._held_by_contract[party] = known
        return known

    def held(self, party: str) -> Region:
        """Where the party holds, by allocation or by contract."""
        return self._algebra.join(self.allocated_to(party), self.held_by_contract(party))

    @cached_property
    def onward(self) -> Mapping[str, Sequence[tuple[str, Region]]]:
        """By upstream: its downstreams, in order, and where contracts with each cover."""
        onward = self._found.hops.onward
        if not self._found.traffic:
            return onward
        return {
            party: [(downstream, self.on_paper((party, downstream))) for downstream, _ in ways]
            for party, ways in onward.items()
        }

    def boxes(self, pair: Pair) -> _Boxes:
        """Give the nodes and days of the contracts of a hop in the scope."""
        if pair in self._all_on_paper:
            return self._found.scope.boxes[pair]
        return self._boxes_of(self._found.scope.papers.get(pair, ()))

    def days_let_to(self, party: str, node: int) -> int:
        """Give the days on which one incoming contract covers all of a node; access left out."""
        return self._over(self._boxes_let_to(party), node)

    def days_held_in_part(self, party: str, node: int) -> int:
        """Give the days on which a paper of the party covers a longer segment under a node."""
        end = self._found.scope.tree.end[node]
        days = 0
        for below, here in self._boxes_held(party).items():
            if node < below <= end:
                days |= here
        return days

    @cached_property
    def overlet(self) -> Mapping[str, Overlet]:
        """What each party lets beyond what it holds; those that do not are absent."""
        found: dict[str, Overlet] = {}
        own, on_paper = self._found.scope.boxes, self._all_on_paper
        for party, ways in self._found.hops.onward.items():
            claims = self._boxes_held(party)
            held: dict[int, int] = {}
            downstreams: list[str] = []
            for downstream, _ in ways:
                pair = (party, downstream)
                boxes = own[pair] if pair in on_paper else self.boxes(pair)
                is_beyond = False
                for node, days in boxes.items():
                    if (known := held.get(node)) is None:
                        known = held[node] = self._over(claims, node)
                    if days & ~known:
                        is_beyond = True
                if is_beyond:
                    downstreams.append(downstream)
            if downstreams:
                found[party] = Overlet(downstreams, held, self._is_any_under(claims, held))
        return found

    def _is_any_under(self, nodes: Collection[int], above: Iterable[int]) -> bool:
        """Tell whether one of some nodes lies under one of others."""
        end, in_order = self._found.scope.tree.end, sorted(nodes)
        for node in above:
            place = bisect_right(in_order, node)
            if place < len(in_order) and in_order[place] <= end[node]:
                return True
        return False

    def _over(self, boxes: _Boxes, node: int) -> int:
        days = boxes.get(node, 0)
        parent = self._found.scope.tree.parent
        while (node := parent[node]) >= 0:
            if node in boxes:
                days |= boxes[node]
        return days

    def _boxes_let_to(self, party: str) -> _Boxes:
        if (known := self._let_to.get(party)) is None:
            above = self.upstreams.get(party, ())
            known = _merged([self.boxes((upstream, party)) for upstream in above])
            self._let_to[party] = known
        return known

    def _boxes_held(self, party: str) -> _Boxes:
        if party not in self._allocations_of:  # as mostly
            return self._boxes_let_to(party)
        if (known := self._claims.get(party)) is None:
            allocated = self._boxes_of(self._allocations_of[party])
            known = _merged([self._boxes_let_to(party), allocated])
            self._claims[party] = known
        return known

    def region_of(self, records: Iterable[Contract | Allocation]) -> Region:
        """Unite the boxes of some contracts or allocations of the evidence, cut to the scope."""
        return self._algebra.of_boxes(self._boxes_of(records))

    def cut_to(self, region: Region, pair: Pair, rows: Collection[Contract]) -> Region:
        """Cut a region of a hop to where some of its contracts cover: mostly all there is of it."""
        if len(rows) < len(self._found.scope.papers[pair]):
            return self._algebra.meet(region, self.region_of(rows))
        return (
            region
            if pair in self._all_on_paper
            else self._algebra.meet(region, self.on_paper(pair))
        )

    def _boxes_of(self, records: Iterable[Contract | Allocation]) -> _Boxes:
        scope = self._found.scope
        first, last = scope.window.bounds()
        boxes: dict[int, int] = {}
        for record in records:
            for prefix, low, high in boxes_of(record, self._found.evidence.number, first, last):
                node = scope.tree.segments[prefix]
                boxes[node] = boxes.get(node, 0) | scope.axis.span(low, high)
        return boxes


def _merged(many: Sequence[_Boxes]) -> _Boxes:
    if len(many) == 1:  # as mostly
        return many[0]
    found: dict[int, int] = {}
    for boxes in many:
        for node, days in boxes.items():
            found[node] = found.get(node, 0) | days
    return found
