"""TR403: a hop began, and no check of customer contracts on record was passed by then.

Flags
-----
One finding per hop with no passed check of customer contracts dated on or before its first
day in the scope. Only where its upstream has handed in at least one such check, of whomever; a
later one is named.

Why
---
Reasonable care for whom the service ends up with: 反电信网络诈骗法 21, 25(2).

Evidence
--------
The contracts of the hop, the routing totals of its first day, and the checks of this kind made of
its downstream. Days and messages: those of the hop.

Limits
------
A check that was never handed in looks like none. A check without a result or a day counts as passed
in time, and so does any passed check where the hop's first day is not on record.
"""

from tracer.rules.base import Rule
from tracer.rules.checks import unchecked_hops

__all__ = ["RULE"]

RULE = Rule(
    code="TR403",
    name="no-customer-contract-check",
    clauses=("fraud-21", "fraud-25-2", "fraud-43"),
    check=unchecked_hops("TR403", "contract"),
)
