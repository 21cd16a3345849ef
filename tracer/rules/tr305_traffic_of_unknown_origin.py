"""TR305: messages a party sent up without having received them, while others stand below it.

Flags
-----
One finding per party: what it originated (forwarded and matched with nothing it received that day
or the day before) at points (number, day) at which a hop leads on from it. Not what TR308 explains:
messages it may have received under another number. Not what cannot be compared either: forwarded
beside messages received in another unit, that day or the day before, which the trace notes.

Why
---
Somebody below it may have sent these messages, or it did itself: the logs handed in do not say.
Logs are to be kept for five months: 通信短信息服务管理规定.

Evidence
--------
The routing totals of what it forwarded at such points and of what it had received under the number,
that day and the day before. Days: those of such points. Messages: those originated at them.

Limits
------
A downstream's log that was never handed in looks the same as messages of its own; so does a log
with a gap. The party is not named as sender.
"""

from collections import defaultdict
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
        if points := _unexplained(case, party):
            refs = (ref for point in points for ref in case.journal.of_origin(party, *point))
            yield tell_party(RULE.code, party, points, refs)


def _unexplained(case: Inspection, party: str) -> dict[Point, int]:
    """Give what a party originated beside hops onward, and no renumbering explains."""
    scope = case.found.scope
    onward = scope.regions.cover(region for _, region in case.found.hops.onward.get(party, ()))
    found: dict[Point, int] = defaultdict(int)
    if not onward:
        return found
    changed = {(each.number, each.day, each.unit) for each in case.renumberings.get(party, ())}
    first, last = scope.window.bounds()
    for number, ledger in case.found.ledgers[party].items():
        for day, unit, messages in ledger.origins():
            if (
                first <= day <= last
                and (number, day, unit) not in changed
                and scope.has(onward, number, day)
            ):
                found[number, day] += messages
    return found


RULE = Rule(
    code="TR305",
    name="traffic-of-unknown-origin",
    clauses=("sms-logs", "fraud-25-2"),
    check=check,
)
