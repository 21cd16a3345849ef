"""TR303: messages while a contract of the hop is in force, but for other segments.

Flags
-----
One finding per hop: its messages at points (number, day) of whose number no contract of the hop is
on record, while one is in force that day, for other segments: under other codes too. Not where a
contract of the hop that names no segment is in force that day: it may be the very paper.

Why
---
A number is to be used within the length, purpose and term it was given for (the notice of 2020); a
contract for one segment gives no other.

Evidence
--------
The contracts of the hop in force on such a day, and its routing totals at such points. Days: those
of such points. Messages: those at them.

Limits
------
An annex with further segments that was never handed in looks the same; so does a number to which a
platform added digits, or from which it took some. Access given by a carrier above the chain is left
out.
"""

from collections.abc import Iterator

from tracer.model.finding import Finding
from tracer.rules.base import Rule
from tracer.rules.inspection import Inspection
from tracer.rules.pointwise import tell_hop

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    for pair, loose in case.uncovered.outside_segment.items():
        yield tell_hop(RULE.code, case, pair, loose.points, loose.contracts)


RULE = Rule(
    code="TR303",
    name="routing-outside-segment",
    clauses=("telecom-28-3", "notice-2020", "fraud-25-2"),
    check=check,
)
