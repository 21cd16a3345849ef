"""TR307: messages a party accepted and, by the logs, did not pass on.

Flags
-----
One finding per party: what it received under a number on a day of the window and forwarded neither
that day nor the next, for numbers of which it forwarded at least one message at some time. Messages
the platform stopped do not count as received. Not where it forwarded messages in another unit that
day or the next: units are never compared. Not where no log on record shows anything it forwarded
that day or the next, stopped messages included, under whatever number of the scope: a log above
that has not these days says nothing of them.

Why
---
The logs handed in do not say where these messages went: a log above may have gaps, or they left by
another way. Logs are to be kept for five months: 通信短信息服务管理规定.

Evidence
--------
The routing totals of what it received at such points, and of what it forwarded under the number,
that day and the next. Days: those of such points. Messages: those not passed on.

Limits
------
Messages that left under another number look the same: where TR308 shows about as many, the
sentence says how many these are. So do messages dropped by a filter whose log has no status, and
a way up whose log was not handed in.
"""

from collections.abc import Iterator

from tracer.graph.traffic import Point
from tracer.model.finding import Finding
from tracer.rules.base import Rule
from tracer.rules.inspection import Inspection
from tracer.rules.pointwise import tell_party

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    for party in case.found.ledgers:
        if points := _withheld(case, party):
            changed = {(each.received_as, each.day) for each in case.renumberings.get(party, ())}
            renumbered = sum(count for point, count in points.items() if point in changed)
            yield tell_party(
                RULE.code,
                party,
                points,
                (ref for point in points for ref in case.journal.of_surplus(party, *point)),
                sentence="TR307.renumbered" if renumbered else "TR307",
                renumbered=renumbered,
            )


def _withheld(case: Inspection, party: str) -> dict[Point, int]:
    first, last = case.window.bounds()
    has_log = case.journal.has_log_above
    return {
        (number, day): here.withheld
        for number, ledger in case.found.ledgers[party].items()
        for day, here in ledger.days()
        if here.withheld and first <= day <= last
        if has_log(party, day) or has_log(party, day + 1)
    }


RULE = Rule(
    code="TR307",
    name="received-not-forwarded",
    clauses=("sms-logs", "fraud-25-2"),
    check=check,
)
