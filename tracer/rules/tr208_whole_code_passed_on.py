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
from collections.abc import Iterable, Iterator
from functools import reduce

from tracer.graph.regions import Region
from tracer.model.evidence import Allocation, Contract
from tracer.model.finding import Finding
from tracer.rules.base import Rule, make_finding
from tracer.rules.classes import code_of
from tracer.rules.inspection import Inspection, join_segments

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    unapproved = case.holdings.unapproved
    codes = _Codes(case.found.evidence.allocations)
    held: dict[str, dict[str, list[Contract]]] = {}
    for pair, region in unapproved.items():
        party = pair[0]
        if party not in held:
            above = case.holdings.upstreams[party]
            held[party] = codes.wholly_in(
                c for u in above for c in case.records[u, party].contracts
            )
        let = codes.wholly_in(case.records[pair].contracts)
        passed = {}
        for code in sorted(let.keys() & held[party].keys()):
            papers = (codes.allocations[code], held[party][code], let[code])
            if there := _meet(case, region, papers):
                passed[code] = there
        if passed:
            yield _finding(case, pair, passed, codes, held[party], let)


class _Codes:
    """Allocated codes, and the contracts that cover all of one."""

    def __init__(self, allocations: Iterable[Allocation]) -> None:
        self.allocations: dict[str, list[Allocation]] = defaultdict(list)
        for allocation in allocations:
            self.allocations[allocation.segment.prefix].append(allocation)
        self._sorted = sorted(self.allocations)

    def wholly_in(self, contracts: Iterable[Contract]) -> dict[str, list[Contract]]:
        """Give the contracts that cover all of a code, by code."""
        found: dict[str, list[Contract]] = defaultdict(list)
        for contract in contracts:
            for code in sorted({c for s in contract.segments for c in self._in(s.prefix)}):
                found[code].append(contract)
        return found

    def _in(self, segment: str) -> Iterator[str]:
        place = bisect_left(self._sorted, segment)
        while place < len(self._sorted) and self._sorted[place].startswith(segment):
            if len(segment) >= len(code_of(self._sorted[place])):
                yield self._sorted[place]
            place += 1


def _meet(
    case: Inspection, region: Region, papers: Iterable[Iterable[Allocation | Contract]]
) -> Region:
    """Give the points of a region that some record of each kind covers."""
    return reduce(case.found.scope.regions.meet, map(case.holdings.region_of, papers), region)


def _finding(
    case: Inspection,
    pair: tuple[str, str],
    passed: dict[str, Region],
    codes: _Codes,
    held: dict[str, list[Contract]],
    let: dict[str, list[Contract]],
) -> Finding:
    region = case.united(passed.values())
    points = case.traffic_in(pair, region)
    contracts = [
        row
        for code, there in passed.items()
        for row in (*held[code], *let[code])
        if _meet(case, there, [[row]])
    ]
    allocations = [
        a
        for code, there in passed.items()
        for a in codes.allocations[code]
        if _meet(case, there, [[a]])
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
