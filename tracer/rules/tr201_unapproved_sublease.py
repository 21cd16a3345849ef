"""TR201: a number held by contract alone is handed on, and no approval is on record.

Flags
-----
One finding per party P and onward party Q with a point (number, day) at which P's only claim is
an incoming contract, the hop P→Q is evidenced by contract or routing, and no contract of P→Q with
an approval number covers (all rows of a contract share it, and so does a supplement). Not where
Q is the holder at that point. Not where a contract of P→Q of kind end_customer_service covers
under a code for third-party platforms and Q hands nothing on at that point.

Why
---
A number may not be leased or transferred without approval: 电信条例 28(3); SMS ports may not be
sold, leased or lent: 反电信网络诈骗法 31(1).

Evidence
--------
The contracts of P→Q without approval that cover such a point, the incoming contracts of P that
cover one, and the routing totals of P→Q at such points. Days: those of such points. Messages:
those of P→Q at such points.

Limits
------
An approval that was never handed in, and a contract for a service in which the number stays
with P (a customer's messages sent by P itself), look the same.
"""

from collections.abc import Iterator
from functools import partial

from tracer.graph.regions import Region
from tracer.graph.traffic import Pair
from tracer.model.finding import Finding
from tracer.rules.base import Lead, Rule, make_finding
from tracer.rules.inspection import Inspection

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    for party, handed in case.approvals.unapproved.items():
        for downstream, region in handed:
            pair = (party, downstream)
            yield Lead(party, pair, partial(_finding, case, pair, region))


def _finding(case: Inspection, pair: Pair, region: Region) -> Finding:
    upstream, downstream = pair
    points = case.traffic_in(pair, region)
    incoming = [
        contract
        for above in case.holdings.upstreams[upstream]
        for contract in case.contracts_in((above, upstream), region)
    ]
    onward = case.contracts_in(pair, region)
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=[*onward, *incoming],
        refs=case.routing_refs(pair, points),
        segment=case.segment_of(region),
        span=case.span(region),
        messages=sum(here.messages for here in points.values()),
        values={"upstream": upstream, "downstream": downstream},
    )


RULE = Rule(
    code="TR201",
    name="unapproved-sublease",
    clauses=("telecom-28-3", "telecom-69-3", "fraud-31-1", "fraud-44", "notice-2020"),
    check=check,
)
