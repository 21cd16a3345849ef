"""TR210: a code is used by others than its holder and the holder's own customer.

Flags
-----
One finding per holder and direct downstream P with a point (number, day) at which the holder
holds the number, the hop holder→P is evidenced, and TR201 applies to P: P, which holds by contract
only, hands the number on, and no approval is on record.

Why
---
The approved holder answers for the use of its code: MIIT notice of 2020, 电信条例 28(3).

Evidence
--------
The contracts of holder→P and of P's onward hops that cover such a point, the routing totals of
these hops at such points, the allocations. Days: those of such points. Messages: those P accepted
there from whom it handed the number to.

Limits
------
Whether the holder knew of it is not in the records. What TR201 cannot tell, this cannot either.
"""

from collections.abc import Iterator
from functools import partial

from tracer.graph.regions import Region
from tracer.graph.traffic import Pair
from tracer.model.finding import Finding
from tracer.rules.base import Lead, Rule, make_finding, some_names
from tracer.rules.inspection import Inspection

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    scope = case.found.scope
    algebra = scope.regions
    unapproved = case.approvals.unapproved
    for holder, held in scope.holders.items():
        for party, evidenced in case.found.hops.onward.get(holder, ()):
            if party not in unapproved:
                continue
            own = algebra.meet(evidenced, held)
            beyond = {
                (party, downstream): there
                for downstream, there in algebra.meet_each(own, unapproved[party])
            }
            if beyond:
                pair = (holder, party)
                yield Lead(holder, pair, partial(_finding, case, pair, beyond))


def _finding(case: Inspection, pair: Pair, beyond: dict[Pair, Region]) -> Finding:
    algebra = case.found.scope.regions
    region = case.united(beyond.values())
    contracts = case.contracts_in(pair, region)
    refs = case.routing_refs(pair, case.traffic_in(pair, region))
    messages = 0
    for hop, there in beyond.items():
        points = case.traffic_in(hop, there)
        contracts += case.contracts_in(hop, there)
        refs += case.routing_refs(hop, points)
        messages += sum(here.messages for here in points.values())
    refs += [
        allocation.ref
        for allocation in case.found.evidence.allocations
        if allocation.holder == pair[0]
        and algebra.meet(case.holdings.region_of([allocation]), region)
    ]
    return make_finding(
        RULE.code,
        parties=pair,
        hops=[pair, *beyond],
        contracts=contracts,
        refs=refs,
        segment=case.segment_of(region),
        span=case.span(region),
        messages=messages,
        values={
            "holder": pair[0],
            "downstream": pair[1],
            "others": some_names(downstream for _, downstream in beyond),
        },
    )


RULE = Rule(
    code="TR210",
    name="holder-lets-on",
    clauses=("notice-2020", "telecom-28-3", "telecom-69-3", "fraud-25-2"),
    check=check,
)
