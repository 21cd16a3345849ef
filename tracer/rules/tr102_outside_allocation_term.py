"""TR102: a number is let or used on days on which its allocation was not in force.

Flags
-----
One finding per hop with a point (number, day) on which no allocation covers the number, where an
allocation on record of other days covers the whole segment of a contract of the hop in force
there, or the number routed there.

Why
---
A number is used by whom it was approved for, within the approved term: 工信部 2020 年通知.

Evidence
--------
The contracts of the hop that cover such a point, the routing totals at such points, and the
allocations of other days. Days: those of such points. Messages: those at such points.

Limits
------
A renewal that was never handed in looks like none. An open end is held against nobody by itself:
days before or after all that begins or ends on record in the scope count only for a contract of
which no day is one of its allocations'. A contract's segment of which only parts are allocated,
and one shorter than a code (1069 for any of its codes), are left out.
"""

from collections.abc import Iterator

from tracer.graph.regions import Region
from tracer.graph.traffic import Pair
from tracer.model.evidence import Allocation
from tracer.model.finding import Finding
from tracer.rules.base import Rule, make_finding
from tracer.rules.inspection import Inspection

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    scope, onward = case.found.scope, case.found.hops.onward
    is_beyond, allocated = scope.regions.is_beyond, scope.allocated
    always = allocated.get(0, 0)  # whatever the number: days on which all of the scope is
    hops = case.found.hops.hops.values()
    if not any(days & ~always for where in hops for days in where.values()):
        return
    beyond = {
        party for party, region in case.found.reach.onward.items() if is_beyond(region, allocated)
    }
    for pair in ((party, to) for party in onward if party in beyond for to, _ in onward[party]):
        region = _outside(case, pair)
        if not region:
            continue
        points = case.traffic_in(pair, region)
        yield make_finding(
            RULE.code,
            hops=[pair],
            contracts=case.contracts_in(pair, region),
            refs=[
                *case.routing_refs(pair, points),
                *(a.ref for a in _allocations_of(case, region)),
            ],
            segment=case.segment_of(region),
            span=case.span(region),
            messages=sum(here.messages for here in points.values()),
            values={"upstream": pair[0], "downstream": pair[1]},
        )


def _outside(case: Inspection, pair: Pair) -> Region:
    """Give the points of a hop at which an allocation of other days only covers."""
    scope = case.found.scope
    axis = scope.axis
    boxes: dict[int, int] = {}
    for let in case.lets(pair):
        for segment, contract, node, days in let:
            if not (covering := case.allocations.covering(segment)):
                continue
            is_met = any(a.term.overlaps(contract.term) for a in covering)
            boxes[node] = boxes.get(node, 0) | (days & ~axis.open_ends if is_met else days)
    for (number, day), here in case.records[pair].points.items():
        if here.messages and case.allocations.covering(number):
            node = scope.tree.routed[number]
            boxes[node] = boxes.get(node, 0) | axis.bit(day)
    return scope.regions.less(scope.regions.of_boxes(boxes), scope.allocated)


def _allocations_of(case: Inspection, region: Region) -> list[Allocation]:
    digits = case.found.scope.tree.digits
    return [
        allocation
        for number in {digits[node] for node, days in region.items() if days}
        for allocation in case.allocations.covering(number)
    ]


RULE = Rule(
    code="TR102",
    name="outside-allocation-term",
    clauses=("notice-2020", "numbers-5", "telecom-28-3"),
    check=check,
)
