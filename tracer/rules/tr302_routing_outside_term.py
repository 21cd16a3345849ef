"""TR302: messages under a number that a contract of the hop covers, on days outside its term.

Flags
-----
One finding per hop: its messages at points (number, day) that no contract of the hop covers,
although one covers the number on other days. Not where a contract of the hop that names no segment
is in force that day: it may be the very paper.

Why
---
A number is to be used within the term it was given for (the notice of 2020); what runs on after a
contract ended, or before it began, runs without one.

Evidence
--------
The contracts of the hop that cover such a number, and its routing totals at such points. Days:
those of such points. Messages: those at them.

Limits
------
A renewal that was never handed in looks the same; so does a log whose clock is wrong by a day.
Access given by a carrier above the chain is left out.
"""

from collections.abc import Iterator

from tracer.model.finding import Finding
from tracer.rules.base import Rule
from tracer.rules.inspection import Inspection
from tracer.rules.pointwise import tell_hop

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    for pair, loose in case.uncovered.outside_term.items():
        yield tell_hop(RULE.code, case, pair, loose.points, loose.contracts)


RULE = Rule(
    code="TR302",
    name="routing-outside-term",
    clauses=("telecom-28-3", "notice-2020", "fraud-25-2"),
    check=check,
)
