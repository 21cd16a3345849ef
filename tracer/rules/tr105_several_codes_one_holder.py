"""TR105: one holder has several codes of one class in force together.

Flags
-----
One finding per holder and class (first four digits) with two or more allocated segments of eight
digits in force on the same day of the window, over the whole register.

Why
---
How many codes one user is allocated is for the regulator to plan and inspect:
电信网码号资源管理办法 26, 工信部 2020 年通知.

Evidence
--------
The allocations of those codes that are in force on such a day. Days: those on which two or more
are in force.

Limits
------
Codes may have been allocated for different businesses, or one in place of the other; whether a
second one was approved on its merits no register tells. Holders that differ in name are different.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tracer.model.evidence import Allocation
from tracer.model.finding import Finding
from tracer.model.period import Period, join_days
from tracer.rules.base import RegisterRule, make_finding
from tracer.rules.classes import CLASS_DIGITS
from tracer.rules.days import Days, common_days, span_of_spans
from tracer.rules.inspection import join_segments

__all__ = ["RULE"]

CODE_DIGITS = 8


def check(allocations: Iterable[Allocation], window: Period) -> Iterator[Finding]:
    """Give the findings about a register."""
    held: dict[tuple[str, str], dict[str, list[Allocation]]] = defaultdict(dict)
    for allocation in allocations:
        code = allocation.segment.prefix
        if len(code) == CODE_DIGITS and allocation.term.overlaps(window):
            codes = held[allocation.holder, code[:CLASS_DIGITS]]
            codes.setdefault(code, []).append(allocation)
    for (holder, group), codes in held.items():
        together = _together(list(codes.values()), window)
        if not together:
            continue
        named = {
            code: [a for a in rows if common_days(together, [a.term.bounds()])]
            for code, rows in codes.items()
        }
        found = sorted(code for code, rows in named.items() if rows)
        yield make_finding(
            RULE.code,
            parties=[holder],
            refs=[a.ref for rows in named.values() for a in rows],
            segment=join_segments(found),
            span=span_of_spans(together),
            values={"holder": holder, "group": group, "codes": tuple(found), "count": len(found)},
        )


def _together(codes: list[list[Allocation]], window: Period) -> Days:
    """Give the days of the window on which two or more codes are in force."""
    steps: dict[int, int] = defaultdict(int)
    for rows in codes:
        terms = (allocation.term.bounds() for allocation in rows)
        for first, last in common_days(terms, [window.bounds()]):
            steps[first] += 1
            steps[last + 1] -= 1
    days = sorted(steps)
    found, in_force = [], 0
    for day, following in pairwise(days):
        in_force += steps[day]
        if in_force > 1:
            found.append((day, following - 1))
    return join_days(found)


RULE = RegisterRule(
    code="TR105",
    name="several-codes-one-holder",
    clauses=("numbers-26", "notice-2020"),
    check=check,
)
