"""TR208: the whole of an allocated code, held by contract only, is handed on as a whole.

Flags
-----
One finding per party P and onward party Q with a day on which a contract of P covers the whole of
an allocated code, a contract of P→Q covers the whole of it too, and TR201 applies to the hop at
some number of it.

Why
---
A code is used by its approved holder; passing it on whole is lease in disguise (整码转租): MIIT
notice of 2020, 电信条例 28(3).

Evidence
--------
The allocations, the incoming and onward contracts that cover all of the code, and the routing
totals of P→Q at such points. Days: those of such points. Messages: those of P→Q at such points.

Limits
------
Whether the number stayed with P after all is not in the papers. A contract that names fewer digits
than a code has (1069 for short) passes no one code on.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from tracer.graph.regions import Region
from tracer.graph.traffic import Pair
from tracer.model.evidence import Allocation, Contract
from tracer.model.finding import Finding
from tracer.rules.base import Lead, Rule, make_finding
from tracer.rules.classes import code_of
from tracer.rules.inspection import Inspection, join_segments

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    codes = _Codes(case.found.evidence.allocations)
    nodes = codes.nodes(case)
    for party, handed in case.approvals.unapproved.items():
        if not any(case.holdings.days_let_to(party, node) for node in nodes):
            continue  # it holds parts only
        held = _held(case, codes, party)
        for downstream, region in handed:
            pair = (party, downstream)
            let = codes.wholly_in(case.contracts_of(pair))
            passed = {
                code: there
                for code in let
                if code in held and (there := _passed(case, pair, region, let[code], held[code][0]))
            }
            if passed:
                yield Lead(party, pair, partial(_finding, case, pair, passed, codes, held, let))


_Whole = dict[str, tuple[Region, Sequence[Contract]]]
"""By allocated code, where a party holds all of it by contract, and the contracts."""


def _held(case: Inspection, codes: "_Codes", party: str) -> _Whole:
    """Find where a party holds an allocated code as a whole by contract."""
    meet, holdings = case.found.scope.regions.meet, case.holdings
    rows = [c for above in holdings.upstreams[party] for c in case.contracts_of((above, party))]
    return {
        code: (meet(codes.region(case, code), holdings.region_of(there)), there)
        for code, there in codes.wholly_in(rows).items()
    }


def _passed(
    case: Inspection, pair: Pair, region: Region, let: Sequence[Contract], held: Region
) -> Region:
    """Find where in a region a code that is held as a whole is let as a whole."""
    return case.holdings.cut_to(case.found.scope.regions.meet(region, held), pair, let)


class _Codes:
    """Allocated codes, and the contracts that cover all of one."""

    def __init__(self, allocations: Iterable[Allocation]) -> None:
        self.allocations: dict[str, list[Allocation]] = defaultdict(list)
        for allocation in allocations:
            self.allocations[allocation.segment.prefix].append(allocation)
        self._sorted = sorted(self.allocations)
        self._codes_in: dict[str, tuple[str, ...]] = {}
        self._regions: dict[str, Region] = {}

    def region(self, case: Inspection, code: str) -> Region:
        """Give where a code is allocated."""
        if code not in self._regions:
            self._regions[code] = case.holdings.region_of(self.allocations[code])
        return self._regions[code]

    def nodes(self, case: Inspection) -> set[int]:
        """Give the nodes of the codes that are allocated on some day of the scope."""
        in_scope = (max(code, case.number, key=len) for code in self.allocations)
        segments = case.found.scope.tree.segments
        return {segments[code] for code in in_scope if code in segments}

    def wholly_in(self, contracts: Sequence[Contract]) -> Mapping[str, Sequence[Contract]]:
        """Give the contracts that cover all of a code, by code."""
        if len(contracts) == 1:  # as mostly
            return dict.fromkeys(self._all_in(contracts[0]), contracts)
        found: dict[str, list[Contract]] = defaultdict(list)
        for contract in contracts:
            for code in self._all_in(contract):
                found[code].append(contract)
        return found

    def _all_in(self, contract: Contract) -> Iterable[str]:
        if len(contract.segments) == 1:  # as mostly
            return self._known_in(contract.segments[0].prefix)
        return sorted({c for s in contract.segments for c in self._known_in(s.prefix)})

    def _known_in(self, segment: str) -> tuple[str, ...]:
        if (known := self._codes_in.get(segment)) is None:
            known = self._codes_in[segment] = tuple(self._in(segment))
        return known

    def _in(self, segment: str) -> Iterator[str]:
        place = bisect_left(self._sorted, segment)
        while place < len(self._sorted) and self._sorted[place].startswith(segment):
            if len(segment) >= len(code_of(self._sorted[place])):
                yield self._sorted[place]
            place += 1


def _finding(
    case: Inspection,
    pair: Pair,
    passed: dict[str, Region],
    codes: _Codes,
    held: _Whole,
    let: Mapping[str, Sequence[Contract]],
) -> Finding:
    region = case.united(passed.values())
    points = case.traffic_in(pair, region)
    contracts = [
        row
        for code, there in passed.items()
        for row in (*held[code][1], *let[code])
        if case.found.scope.regions.meet(there, case.holdings.region_of([row]))
    ]
    allocations = [
        a
        for code, there in passed.items()
        for a in codes.allocations[code]
        if case.found.scope.regions.meet(there, case.holdings.region_of([a]))
    ]
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=contracts,
        refs=[*(a.ref for a in allocations), *case.routing_refs(pair, points)],
        segment=join_segments(max(code, case.number, key=len) for code in passed),
        span=case.span(region),
        messages=sum(here.messages for here in points.values()),
        values={"party": pair[0], "downstream": pair[1]},
    )


RULE = Rule(
    code="TR208",
    name="whole-code-passed-on",
    clauses=("telecom-28-3", "telecom-69-3", "fraud-31-1", "fraud-44", "notice-2020"),
    check=check,
)
