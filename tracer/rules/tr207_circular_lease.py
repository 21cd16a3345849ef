"""TR207: a number is handed round in a circle.

Flags
-----
One finding per elementary cycle of hops, access left out, that are all evidenced at one point
(number, day), told from its first party by name. Of parties that hand numbers to each other in
very many circles, the hundred shortest are given at most; the sentence then says that there are,
or may be, more. However large the scope, each such group of parties has at least one finding.

Why
---
A circle hides who the number was handed to in the end, and by whom.

Evidence
--------
The contracts of all hops of the cycle that cover such a point, and their routing totals at such
points. Days: those on which all hops of it hold for the same number.

Limits
------
A pair of contracts by which a number is given back looks the same. Contracts with upstream and
downstream mixed up in the papers do so too.
"""

from collections.abc import Iterator

from tracer.model.finding import Finding
from tracer.rules.base import Rule, make_finding
from tracer.rules.cycles import Cycle, find_cycles
from tracer.rules.inspection import Inspection

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    around, onward = case.found.reach.around_cycles, case.found.hops.onward
    hops = {
        (party, downstream): region
        for party in around
        for downstream, region in onward[party]
        if downstream in around
    }
    for cycle in find_cycles(case.found.scope.regions, hops):
        yield _finding(case, cycle)


def _finding(case: Inspection, cycle: Cycle) -> Finding:
    round_trip = (*cycle.parties, cycle.parties[0])
    hops = list(zip(cycle.parties, round_trip[1:], strict=True))
    where = cycle.where
    return make_finding(
        RULE.code,
        hops=hops,
        contracts=[c for hop in hops for c in case.contracts_in(hop, where)],
        refs=[ref for hop in hops for ref in case.routing_refs(hop, case.traffic_in(hop, where))],
        segment=case.segment_of(where),
        span=case.span(where),
        sentence=f"{RULE.code}.cut" if cycle.is_cut else RULE.code,
        values={"cycle": " → ".join(round_trip)},
    )


RULE = Rule(
    code="TR207",
    name="circular-lease",
    clauses=("notice-2020", "telecom-28-3", "fraud-25-2"),
    check=check,
)
