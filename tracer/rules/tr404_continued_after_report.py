"""TR404: messages went on under a number after a fraud message from it was reported.

Flags
-----
One finding per hop and number with messages on days after the first report of a fraud message under
exactly that number. Where the hop's upstream is on record as notified, with the day, those after
the later of that day and the first report.

Why
---
Misuse of a service is to be monitored and dealt with: 反电信网络诈骗法 25(2).

Evidence
--------
The first report, the record of the notification, and the routing totals of those days. Days and
messages: those.

Limits
------
A report to the police is not known to the parties by itself: the sentence says whether the upstream
is on record as notified. Later messages under the number may be other customers', and harmless.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracer.model.finding import Finding
from tracer.model.particulars import Notice
from tracer.rules.base import Rule, make_finding
from tracer.rules.inspection import Inspection
from tracer.rules.pointwise import span_of_days

__all__ = ["RULE"]


@dataclass(frozen=True, slots=True)
class _Start:
    """The day after which messages count, how it is told, and the records that show it."""

    day: date
    sentence: str
    notices: tuple[Notice, ...]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    by_number: dict[str, list[Notice]] = defaultdict(list)
    for notice in case.particulars.notices:
        by_number[notice.number].append(notice)
    for pair in case.carrying if by_number else ():
        points: dict[str, dict[int, int]] = defaultdict(dict)
        for (number, day), here in case.records[pair].points.items():
            if here.messages and number in by_number:
                points[number][day] = here.messages
        for number, by_day in points.items():
            start = _start(by_number[number], pair[0])
            after = {d: n for d, n in by_day.items() if start and d > start.day.toordinal()}
            if start and after:
                yield _finding(case, pair, number, start, after)


def _start(notices: list[Notice], upstream: str) -> _Start | None:
    """Tell from when messages of an upstream count, None where no record states a day."""
    days = [n.reported_on for n in notices if n.reported_on]
    reported = min(days, default=None)
    first = [n for n in notices if n.reported_on and n.reported_on == reported][:1]
    told = [n for n in notices if n.notified == upstream]
    dates = [n.notified_on for n in told if n.notified_on]
    if dates:
        notified = min(dates)
        shown = [n for n in told if n.notified_on == notified][:1]
        day = max(notified, reported) if reported else notified
        return _Start(day, "TR404.notified", (*first, *shown))
    if reported is None:
        return None
    return _Start(reported, "TR404.undated" if told else "TR404", (*first, *told[:1]))


def _finding(
    case: Inspection, pair: tuple[str, str], number: str, start: _Start, after: dict[int, int]
) -> Finding:
    return make_finding(
        RULE.code,
        hops=[pair],
        refs=[
            *case.routing_refs(pair, {(number, day) for day in after}),
            *(notice.ref for notice in start.notices),
        ],
        segment=number,
        span=span_of_days(after),
        messages=sum(after.values()),
        sentence=start.sentence,
        values={
            "upstream": pair[0],
            "downstream": pair[1],
            "since": start.day.isoformat(),
        },
    )


RULE = Rule(
    code="TR404",
    name="continued-after-report",
    clauses=("fraud-25-2", "fraud-43", "fraud-46-2", "fraud-47"),
    check=check,
)
