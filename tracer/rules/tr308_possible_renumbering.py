"""TR308: messages that came in under one number and may have gone out under another.

Flags
-----
One finding per party and pair of numbers: days of the window on which the party received more
messages under one number than it forwarded under it that day or the next, and originated about as
many (within 10 % of the larger figure) under the other, one number a proper prefix of the other.
Surplus and origin are those of the flow: days are matched over all days on record, and units each
by itself. It does not matter whether any of the received number was forwarded.

Why
---
A platform may add digits to a number, or take some off. The party is then no sender on these
messages, and its final-sender basis says so (`possible_renumbering`); the chain goes on below it,
under the other number. Numbers are to be used within the length approved, the notice of 2020;
access codes are to be registered accurately, 通信短信息服务管理规定 7.

Evidence
--------
The routing totals of what it forwarded under the one number (and received under it, that day and
the day before), and of what it received under the other (and forwarded under it, that day and the
next). Messages: those originated. Days: those on which both figures meet.

Limits
------
Two customers with about as many messages look the same, and one surplus may answer for several
numbers. Only numbers originated in the scope are looked at; that under which they were received may
be a shorter one. `accounts` that declare what a platform appends close the gap at loading.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracer.model.finding import Finding
from tracer.rules.base import Rule, make_finding
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.pointwise import span_of_days

if TYPE_CHECKING:
    from tracer.graph.renumbering import Renumbering

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    first, last = case.window.bounds()
    for party, changed in case.renumberings.items():
        by_numbers: dict[tuple[str, str], list[Renumbering]] = defaultdict(list)
        for each in changed:
            if each.number.startswith(case.number) and first <= each.day <= last:
                by_numbers[each.number, each.received_as].append(each)
        for (number, received_as), found in by_numbers.items():
            days = [each.day for each in found]
            yield make_finding(
                RULE.code,
                parties=[party],
                refs=(
                    ref
                    for day in days
                    for ref in (
                        *case.journal.of_origin(party, number, day),
                        *case.journal.of_surplus(party, received_as, day),
                    )
                ),
                segment=join_segments([number, received_as]),
                span=span_of_days(days),
                messages=sum(each.messages for each in found),
                values={
                    "party": party,
                    "number": number,
                    "received_as": received_as,
                    "surplus": sum(each.surplus for each in found),
                },
            )


RULE = Rule(
    code="TR308",
    name="possible-renumbering",
    clauses=("notice-2020", "sms-7"),
    check=check,
)
