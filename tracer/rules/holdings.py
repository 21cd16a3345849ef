"""Who holds what in a scope, and by which claim: what the rules on subleasing look at.

A party holds a number on a day when an allocation to it or an incoming contract of it covers the
number then. An access contract of a carrier above the chain gives nothing to hand on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from tracer.graph.hops import HopRecords
from tracer.graph.regions import EMPTY, Region
from tracer.graph.scope import boxes_of
from tracer.graph.survey import Survey
from tracer.graph.traffic import Pair
from tracer.model.evidence import Allocation, Contract
from tracer.rules.classes import serves_third_parties

__all__ = ["Holdings"]

_Boxes = Mapping[int, int]
"""Days (mask of the scope's axis) by node of its tree, as papers state them: not united, so that
a segment all of whose parts are held is not held as a whole."""


class Holdings:
    """Claims and grants of every party of a scope, as regions of (number, day).

    Parameters
    ----------
    found : Survey
        Of the scope.
    records : Mapping of Pair to HopRecords
        The records of its hops (`graph.hops.gather_records`).
    unsegmented : Mapping of Pair to iterable of Contract
        Contracts that name no segment (`Particulars.unsegmented`): an approval may stand in one.
    """

    def __init__(
        self,
        found: Survey,
        records: Mapping[Pair, HopRecords],
        unsegmented: Mapping[Pair, Iterable[Contract]],
    ) -> None:
        self._found = found
        self._records = records
        self._unsegmented = unsegmented
        self._algebra = found.scope.regions
        self._held_by_contract: dict[str, Region] = {}
        self._papers: dict[Pair, Region] = {}
        self._let_to: dict[str, _Boxes] = {}
        self._claims: dict[str, _Boxes] = {}

    @cached_property
    def upstreams(self) -> Mapping[str, tuple[str, ...]]:
        """Upstreams of each party in the scope, access left out; sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for upstream, downstream in self._found.hops.hops:
            found[downstream].append(upstream)
        return {party: tuple(sorted(names)) for party, names in found.items()}

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

    def on_paper(self, pair: Pair) -> Region:
        """Where a contract of the hop covers."""
        if pair not in self._papers:
            records = self._records[pair]
            if records.points or pair not in self._found.hops.hops:
                self._papers[pair] = self.region_of(records.contracts)
            else:  # nothing but contracts evidences it
                self._papers[pair] = self._found.hops.hops[pair]
        return self._papers[pair]

    def held_by_contract(self, party: str) -> Region:
        """Where an incoming contract of the party covers, access left out."""
        if party not in self._held_by_contract:
            self._held_by_contract[party] = self._algebra.cover(
                self.on_paper((upstream, party)) for upstream in self.upstreams.get(party, ())
            )
        return self._held_by_contract[party]

    def held(self, party: str) -> Region:
        """Where the party holds, by allocation or by contract."""
        return self._algebra.join(self.allocated_to(party), self.held_by_contract(party))

    def boxes(self, pair: Pair) -> _Boxes:
        """Give the nodes and days of the contracts of a hop in the scope."""
        records = self._records[pair]
        if records.points:  # what it has of its own is not all on paper
            return self._boxes_of(records.contracts)
        return self._found.scope.boxes[pair]

    def days_let_to(self, party: str, node: int) -> int:
        """Give the days on which one incoming contract covers all of a node; access left out."""
        return self._over(self._boxes_let_to(party), node)

    def days_held(self, party: str, node: int) -> int:
        """Give the days on which one paper of the party, allocation or contract, covers a node."""
        return self._over(self._boxes_held(party), node)

    def days_held_in_part(self, party: str, node: int) -> int:
        """Give the days on which a paper of the party covers a longer segment under a node."""
        end = self._found.scope.tree.end[node]
        days = 0
        for below, here in self._boxes_held(party).items():
            if node < below <= end:
                days |= here
        return days

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

    @cached_property
    def unapproved(self) -> Mapping[Pair, Region]:
        """Hops on which a number held by contract alone is handed on, with no approval on record.

        Where (TR201): at points at which the upstream's only claim is a contract, the hop is
        evidenced, no contract of it with an approval number covers, the downstream is not the
        holder, and it is no service of an end customer under a code meant for that.
        """
        found = {}
        for pair, evidenced in self._found.hops.hops.items():
            if (region := self._handed_on(pair, evidenced)) and (
                rest := self._not_excepted(pair, region)
            ):
                found[pair] = rest
        return found

    def _handed_on(self, pair: Pair, evidenced: Region) -> Region:
        upstream, downstream = pair
        if upstream not in self.upstreams:
            return EMPTY
        algebra = self._algebra
        region = algebra.meet(evidenced, self.held_by_contract(upstream))
        region = algebra.less(region, self.allocated_to(upstream))
        return algebra.less(region, self._found.scope.holders.get(downstream, EMPTY))

    def _not_excepted(self, pair: Pair, region: Region) -> Region:
        if any(c.approval_no and not c.amends for c in self._unsegmented.get(pair, ())):
            return EMPTY  # a framework contract: its approval may be for any of them
        contracts = self._records[pair].contracts
        algebra = self._algebra
        approved = [c for c in contracts if self.is_approved(c)] if self._approved else []
        if approved:
            region = algebra.less(region, self.region_of(approved))
        number = self._found.evidence.number
        served = [_as_far_as_served(c, number) for c in contracts if c.is_end_customer_service]
        if region and served:
            onward = algebra.cover(where for _, where in self._found.hops.onward.get(pair[1], ()))
            region = algebra.less(region, algebra.less(self.region_of(served), onward))
        return region

    @cached_property
    def _approved(self) -> frozenset[tuple[str, str, str]]:
        """Contracts with an approval number, of all days: ends and number.

        A supplement that names no segment has it for the contract it amends.
        """
        found = {
            (c.upstream, c.downstream, c.contract_no)
            for c in self._found.evidence.contracts
            if c.approval_no
        }
        for pair, contracts in self._unsegmented.items():
            for c in contracts:
                if c.approval_no:
                    found |= {(*pair, number) for number in (c.contract_no, c.amends) if number}
        return frozenset(found)

    def is_approved(self, contract: Contract) -> bool:
        """Tell whether some row of a contract, or the one it amends, states an approval number."""
        if not self._approved:
            return False
        ends = (contract.upstream, contract.downstream)
        numbers = (contract.contract_no, contract.amends or contract.contract_no)
        return any((*ends, number) in self._approved for number in numbers)

    def region_of(self, records: Iterable[Contract | Allocation]) -> Region:
        """Unite the boxes of some contracts or allocations of the evidence, cut to the scope."""
        return self._algebra.of_boxes(self._boxes_of(records))

    def region_in(self, pair: Pair, rows: Collection[Contract]) -> Region:
        """Unite the boxes of some contracts of a hop: of all of them, as mostly, it is known."""
        is_all = len(rows) == len(self._records[pair].contracts)
        return self.on_paper(pair) if is_all else self.region_of(rows)

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


def _as_far_as_served(contract: Contract, number: str) -> Contract:
    """Leave only the segments that, cut to the scope, are there to serve customers with."""
    served = tuple(
        s for s in contract.segments if serves_third_parties(max(s.prefix, number, key=len))
    )
    return contract._replace(segments=served)
