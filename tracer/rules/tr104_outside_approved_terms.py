"""TR104: a contract states another area or purpose than the allocation does.

Flags
-----
One finding per hop and field (area, purpose) with a contract that states it while every allocation
that shares a number and a day with it, and states it too, says something else: a province that the
allocation does not name, a purpose of which its text has no trace.

Why
---
A code is used for what, and where, it was approved for: 工信部 2020 年通知; changing the use of a
telecom resource needs approval: 电信条例 28(3).

Evidence
--------
Such contracts and the allocations they are held against. Days: those on which both are in force.

Limits
------
Texts are compared as texts: two words for one purpose look different, and areas are compared by
province only; a text that names none is left out. A segment shorter than a code is left out. What
was really sent, and where, no paper tells.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tracer.model.evidence import Allocation, Contract
from tracer.model.finding import Finding
from tracer.rules.allocations import coded_pieces
from tracer.rules.approved_terms import is_beyond_purpose, is_beyond_region
from tracer.rules.base import Rule, make_finding
from tracer.rules.inspection import Inspection
from tracer.rules.stated import fold_stated

__all__ = ["RULE"]


@dataclass(frozen=True, slots=True)
class _Field:
    """What is compared, and how its finding is told."""

    sentence: str
    of: Callable[[Contract | Allocation], str | None]
    is_beyond: Callable[[str | None, str | None], bool]


_FIELDS = (
    _Field("TR104", lambda record: record.region, is_beyond_region),
    _Field("TR104.purpose", lambda record: record.purpose, is_beyond_purpose),
)


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    allocations = case.found.evidence.allocations
    fields = [field for field in _FIELDS if any(fold_stated(field.of(a)) for a in allocations)]
    for pair in case.found.hops.hops if fields else ():
        contracts = case.records[pair].contracts
        for field in fields:
            stated = [c for c in contracts if fold_stated(field.of(c))]
            if found := [(c, beyond) for c in stated if (beyond := _beyond(case, field, c))]:
                yield _finding(case, pair, field, found)


_Meeting = tuple[str, Allocation]
"""Digits that a contract and an allocation share, and the allocation."""


def _beyond(case: Inspection, field: _Field, contract: Contract) -> list[_Meeting]:
    """Give what meets a contract and states the field, if all of it says something else."""
    found = [(d, a) for d, a in _meeting(case, contract) if fold_stated(field.of(a))]
    if all(field.is_beyond(field.of(contract), field.of(a)) for _, a in found):
        return found
    return []


def _meeting(case: Inspection, contract: Contract) -> Iterable[_Meeting]:
    """Give the allocations that share a point of the scope with a contract."""
    first, last = case.window.bounds()
    begins, ends = contract.term.bounds()
    for piece in coded_pieces(contract, case.number):
        for allocation in case.allocations.overlapping(piece):
            low, high = allocation.term.bounds()
            if max(first, begins, low) <= min(last, ends, high):
                yield max(piece, allocation.segment.prefix, key=len), allocation


def _finding(
    case: Inspection,
    pair: tuple[str, str],
    field: _Field,
    found: list[tuple[Contract, list[_Meeting]]],
) -> Finding:
    scope = case.found.scope
    boxes: dict[int, int] = {}
    against: list[Allocation] = []
    for contract, meeting in found:
        in_force = scope.axis.clip(*contract.term.bounds())
        for digits, allocation in meeting:
            node = scope.tree.segments[digits]
            days = in_force & scope.axis.clip(*allocation.term.bounds())
            boxes[node] = boxes.get(node, 0) | days
            against.append(allocation)
    region = scope.regions.of_boxes(boxes)
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=[contract for contract, _ in found],
        refs=[allocation.ref for allocation in against],
        segment=case.segment_of(region),
        span=case.span(region),
        sentence=field.sentence,
        values={
            "upstream": pair[0],
            "downstream": pair[1],
            "agreed": tuple(sorted({field.of(contract) or "" for contract, _ in found})),
            "approved": tuple(sorted({field.of(allocation) or "" for allocation in against})),
        },
    )


RULE = Rule(
    code="TR104",
    name="outside-approved-terms",
    clauses=("notice-2020", "telecom-28-3"),
    check=check,
)
