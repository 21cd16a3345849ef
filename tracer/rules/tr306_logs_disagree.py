"""TR306: the logs of both ends of a hop do not agree.

Flags
-----
One finding per hop, number and run of days on which both ends reported the hop in the same unit and
their sums differ. A run is a maximal run of consecutive days on which either end reported that hop
and number in that unit, over all days on record: so nothing depends on which side of midnight a
message was counted, or where the window cuts. An end's sum of a day is its largest over its
deliveries. Access hops too.

Sums do not differ where stopped messages may make the difference (one end's log may list them
without their status), where deliveries may (of one day they may be parts), nor where days may that
the other log does not cover. A log covers the days on which it reports the hop in that unit, under
whatever number; a day beside one it does not cover, within the run, is uncertain too, for the sake
of midnight. Runs that differ on no day of the window are left out.

Why
---
One hop has one traffic. Where its two logs differ, one of them is not complete: logs are to be kept
for five months, 通信短信息服务管理规定.

Evidence
--------
All routing totals of both ends of the hop under the number, in the run, days outside the window
included; where an end reports other numbers only on one of these days, the first of these. Days:
those of the run in the window. Messages: by how many the sums over the whole run differ. The
sentence gives both sums, with the first and last day of the run.

Limits
------
It cannot tell which log is short. A clock that is wrong by more than a day, or a log that covers
part of a day, looks the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tracer.graph.traffic import Pair
from tracer.model.evidence import RoutingTotal
from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.model.source import RecordRef
from tracer.rules.base import Rule, make_finding
from tracer.rules.inspection import Inspection
from tracer.rules.pointwise import span_of_days

__all__ = ["RULE"]


@dataclass(slots=True)
class _Entry:
    """What one end reports under one number on one day, by delivery."""

    messages: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    blocked: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    refs: list[RecordRef] = field(default_factory=list)


class _Log:
    """What one end of a hop reports of it, in one unit."""

    def __init__(self, totals: Iterable[RoutingTotal]) -> None:
        self.numbers: dict[str, dict[int, _Entry]] = defaultdict(lambda: defaultdict(_Entry))
        self.days: dict[int, RecordRef] = {}
        for total in totals:
            day = total.day.toordinal()
            entry = self.numbers[total.number][day]
            entry.messages[total.delivery] += total.messages
            entry.blocked[total.delivery] += total.blocked
            entry.refs.append(total.ref)
            known = self.days.setdefault(day, total.ref)
            if total.ref.record_id < known.record_id:
                self.days[day] = total.ref

    def accepted(self, number: str, days: Collection[int]) -> int:
        """Count messages on some days, of each day the largest delivery."""
        here = self.numbers.get(number, {})
        return sum(max(here[day].messages.values()) for day in days if day in here)

    def at_most(self, number: str, days: Collection[int]) -> int:
        """Count messages on some days, and those stopped, of all deliveries together."""
        here = self.numbers.get(number, {})
        return sum(
            sum(entry.messages.values()) + sum(entry.blocked.values())
            for day in days
            if (entry := here.get(day))
        )

    def refs(self, number: str, days: Collection[int]) -> Iterator[RecordRef]:
        """Give its totals of some days, and of days without one what shows that it covers them."""
        here = self.numbers.get(number, {})
        for day in days:
            if day in here:
                yield from here[day].refs
            elif day in self.days:
                yield self.days[day]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    first, last = case.window.bounds()
    for pair, unit, upper, lower in _logs_of_both_ends(case.found.evidence.routing):
        for number in sorted(upper.numbers.keys() & lower.numbers.keys()):
            reported = (*upper.numbers[number], *lower.numbers[number])
            for begin, end in join_days((day, day) for day in reported):
                run = range(begin, end + 1)
                inside = range(max(begin, first), min(end, last) + 1)
                if _differ(upper, lower, number, run) and any(
                    upper.accepted(number, (day,)) != lower.accepted(number, (day,))
                    for day in inside
                ):
                    yield _tell(pair, unit, (upper, lower), number, run, inside)


def _logs_of_both_ends(
    routing: Iterable[RoutingTotal],
) -> Iterator[tuple[Pair, str, _Log, _Log]]:
    """Give the two logs of each hop and unit that both ends reported."""
    by_hop: dict[tuple[Pair, str], dict[str, list[RoutingTotal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for total in routing:
        pair = (total.upstream, total.downstream)
        if total.reporter in pair and (total.messages or total.blocked):
            by_hop[pair, total.unit][total.reporter].append(total)
    for (pair, unit), ends in by_hop.items():
        if len(ends) == len(pair):
            upper, lower = (_Log(ends[end]) for end in pair)
            yield pair, unit, upper, lower


def _differ(upper: _Log, lower: _Log, number: str, run: range) -> bool:
    """Tell whether the two sums over a run differ, whatever the doubtful days and messages are."""
    return any(
        one.accepted(number, _certain(run, other.days)) > other.at_most(number, run)
        for one, other in ((upper, lower), (lower, upper))
    )


def _certain(run: range, covered: Collection[int]) -> list[int]:
    """Give the days of a run that a log covers, and so the days beside them within the run."""
    return [
        day
        for day in run
        if all(beside in covered for beside in (day - 1, day, day + 1) if beside in run)
    ]


def _tell(
    pair: Pair, unit: str, logs: tuple[_Log, _Log], number: str, run: range, inside: range
) -> Finding:
    accepted, submitted = (log.accepted(number, run) for log in logs)
    return make_finding(
        RULE.code,
        hops=[pair],
        refs=(ref for log in logs for ref in log.refs(number, run)),
        segment=number,
        span=span_of_days(inside),
        messages=abs(accepted - submitted),
        sentence="TR306.parts" if unit == "parts" else "TR306",
        values={
            "upstream": pair[0],
            "downstream": pair[1],
            "accepted": accepted,
            "submitted": submitted,
            "begin": date.fromordinal(run[0]).isoformat(),
            "end": date.fromordinal(run[-1]).isoformat(),
        },
    )


RULE = Rule(
    code="TR306",
    name="logs-disagree",
    clauses=("sms-logs", "fraud-25-2"),
    check=check,
)
