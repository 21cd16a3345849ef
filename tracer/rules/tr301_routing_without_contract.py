"""TR301: messages on a hop of which no contract is on record.

Flags
-----
One finding per hop: its messages at points (number, day) that no contract of the hop covers, where
neither TR302 (a contract covers the number on other days) nor TR303 (a contract is in force that
day, for other segments) says why, and no contract of the hop in force that day names no segment.

Why
---
Whoever gives access answers for whom it is given to: SMS providers, their access codes and places
of access are to be registered accurately, 通信短信息服务管理规定 7; reasonable care,
反电信网络诈骗法 25(2). Traffic without paper shows who used a number beside those papers name.

Evidence
--------
The routing totals of the hop at such points. Days: those of such points. Messages: those at them.

Limits
------
A contract that was never handed in, or one signed under a name not known to be the party's, looks
the same. So does one whose row could not be loaded: where such rows of contract tables name either
party, the sentence says how many, and where they stand. Stopped messages count for nothing. Access
given by a carrier above the chain is left out.
"""

from collections.abc import Iterator

from tracer.model.finding import Finding
from tracer.rules.base import Rule, some_names
from tracer.rules.inspection import Inspection
from tracer.rules.pointwise import tell_hop

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    without = case.uncovered.without_contract
    refused = case.papers.refused({end for pair in without for end in pair}) if without else {}
    for pair, loose in without.items():
        rows = {row for end in pair for row in refused.get(end, ())}
        places = some_names(row.place for row in rows)
        if rows:
            yield tell_hop(
                RULE.code,
                case,
                pair,
                loose.points,
                sentence="TR301.refused",
                refused=len(rows),
                places=places,
            )
        else:
            yield tell_hop(RULE.code, case, pair, loose.points)


RULE = Rule(
    code="TR301",
    name="routing-without-contract",
    clauses=("telecom-28-3", "fraud-31-1", "fraud-25-2", "sms-7"),
    check=check,
)
