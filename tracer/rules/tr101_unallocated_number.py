"""TR101: a number is let or used that no allocation on record covers.

Flags
-----
One finding per hop and segment of a contract in force in the scope that overlaps no allocation on
record, of whatever days; segments under it and routing under its numbers belong to the same
finding. And one per hop and code for routed numbers that no allocation covers and no such segment
explains. Only for classes (first four digits) of which the register on record holds a code.

Why
---
No number may be put into use without approval: 电信网码号资源管理办法 5.

Evidence
--------
The contracts that name such a segment and the routing totals under such numbers. Days: those of
the contracts' terms and of the routing. Messages: those of the routing.

Limits
------
The register on record may be an extract: an allocation that was never handed in looks like none.
A segment shorter than a code (1069 for any of its codes) is held against nobody. A contract's
segment that reaches beyond the scope is looked at as far as it lies in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tracer.graph.hops import HopRecords
from tracer.graph.traffic import Pair, Point
from tracer.model.evidence import Contract
from tracer.model.finding import Finding
from tracer.rules.base import Rule, make_finding
from tracer.rules.classes import CLASS_DIGITS, code_of
from tracer.rules.inspection import Inspection, join_segments

__all__ = ["RULE"]


@dataclass(slots=True)
class _Unallocated:
    """What one finding is made from."""

    contracts: list[Contract] = field(default_factory=list)
    points: dict[Point, int] = field(default_factory=dict)


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    if case.allocations.covering(case.number):
        return  # every number of the scope is under an allocation
    for pair in case.found.hops.hops:
        records = case.records[pair]
        by_segment = _let(case, pair)
        by_code = _used(case, records, by_segment)
        for segment, found in by_segment.items():
            yield _finding(case, pair, segment, found)
        for found in by_code.values():
            numbers = join_segments(number for number, _ in found.points)
            yield _finding(case, pair, numbers, found)


def _is_known(case: Inspection, digits: str) -> bool:
    """Tell whether the register on record covers the class."""
    return digits[:CLASS_DIGITS] in case.particulars.classes


def _let(case: Inspection, pair: Pair) -> dict[str, _Unallocated]:
    """Give the topmost unallocated segments that contracts of a hop name."""
    named: dict[str, list[Contract]] = {}
    for let in case.lets(pair):
        for segment, contract, _, _ in let:
            if segment in named:
                named[segment].append(contract)
            elif _is_known(case, segment) and not case.allocations.overlapping(segment):
                named[segment] = [contract]
    found: dict[str, _Unallocated] = {}
    for segment in sorted(named):
        top = _above(segment, found) or segment
        found.setdefault(top, _Unallocated()).contracts.extend(named[segment])
    return found


def _used(
    case: Inspection, records: HopRecords, by_segment: dict[str, _Unallocated]
) -> dict[str, _Unallocated]:
    """Sort unallocated routed numbers under such segments; give the others, by code."""
    by_code: dict[str, _Unallocated] = {}
    for (number, day), here in records.points.items():
        if not here.messages or not _is_known(case, number) or case.allocations.covering(number):
            continue
        top = _above(number, by_segment)
        found = by_segment[top] if top else by_code.setdefault(code_of(number), _Unallocated())
        found.points[number, day] = here.messages
    return by_code


def _above(digits: str, segments: dict[str, _Unallocated]) -> str | None:
    lengths = range(1, len(digits) + 1)
    return next((digits[:n] for n in lengths if digits[:n] in segments), None)


def _finding(
    case: Inspection, pair: tuple[str, str], segment: str | None, found: _Unallocated
) -> Finding:
    axis = case.found.scope.axis
    days = 0
    for contract in found.contracts:
        days |= axis.clip(*contract.term.bounds())
    for _, day in found.points:
        days |= axis.bit(day)
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=found.contracts,
        refs=case.routing_refs(pair, found.points),
        segment=segment,
        span=case.span_of(days),
        messages=sum(found.points.values()),
        values={"upstream": pair[0], "downstream": pair[1]},
    )


RULE = Rule(
    code="TR101",
    name="unallocated-number",
    clauses=("numbers-5", "telecom-28-3", "telecom-69-3", "numbers-40"),
    check=check,
)
