"""TR103: the very same segment is allocated to two holders on the same days.

Flags
-----
One finding per segment and two holders whose allocations of exactly that segment are both in force
on two or more days of the scope. One shared day is a handover. Two names with one social credit
code are one party.

Why
---
A code has one approved user; two on record for one code leave open who answers for it.

Evidence
--------
The allocations of the two that overlap. Days: those on which both are in force.

Limits
------
It cannot tell a wrong row of the register from two approvals, nor a transfer that was recorded
late.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from tracer.model.evidence import Allocation
from tracer.model.finding import Finding
from tracer.rules.base import Rule, make_finding
from tracer.rules.days import Days, common_days, span_of_spans
from tracer.rules.inspection import Inspection

__all__ = ["RULE"]

LEAST_DAYS = 2
"""A code may be handed over within a day."""


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    window = (case.window.bounds(),)
    for segment, allocations in case.allocations.by_segment():
        by_holder: dict[str, list[Allocation]] = defaultdict(list)
        for allocation in allocations:
            by_holder[allocation.holder].append(allocation)
        for one, other in combinations(sorted(by_holder), 2):
            if case.identity(one) == case.identity(other):
                continue
            both = common_days(_terms(by_holder[one]), _terms(by_holder[other]))
            both = common_days(both, window)
            if sum(last - first + 1 for first, last in both) < LEAST_DAYS:
                continue
            yield make_finding(
                RULE.code,
                parties=[one, other],
                refs=[
                    allocation.ref
                    for holder in (one, other)
                    for allocation in by_holder[holder]
                    if common_days(both, _terms([allocation]))
                ],
                segment=segment,
                span=span_of_spans(both),
            )


def _terms(allocations: list[Allocation]) -> Days:
    return tuple(allocation.term.bounds() for allocation in allocations)


RULE = Rule(
    code="TR103",
    name="conflicting-allocation",
    clauses=("numbers-5", "numbers-26"),
    check=check,
)
