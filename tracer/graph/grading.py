"""Evidence without what is held to be less sure than asked for."""

from collections.abc import Sequence
from dataclasses import replace

from tracer.model.diagnostic import Note
from tracer.model.evidence import Allocation, Contract, Evidence, RoutingTotal
from tracer.model.mark import GRADES

__all__ = ["graded_evidence"]


def graded_evidence(evidence: Evidence, least: str | None) -> Evidence:
    """Leave out records graded lower than asked for; nobody's grade lowers nothing.

    Parameters
    ----------
    least : str or None
        One of `model.mark.GRADES`; None leaves everything.

    Returns
    -------
    Evidence
        With a note on how many records were left out.
    """
    if least is None or not evidence.marks:
        return evidence
    allowed = {None, *GRADES[: GRADES.index(least) + 1]}
    grade = evidence.marks.grade
    allocations = tuple(a for a in evidence.allocations if grade(a.ref.record_id) in allowed)
    contracts = tuple(
        c
        for c in evidence.contracts
        if grade(c.ref.record_id, (c.upstream, c.downstream)) in allowed
    )
    routing = tuple(
        r for r in evidence.routing if grade(r.ref.record_id, (r.upstream, r.downstream)) in allowed
    )
    before = _count(evidence.allocations, evidence.contracts, evidence.routing)
    left = before - _count(allocations, contracts, routing)
    if not left:
        return evidence
    note = Note("grade_left_out", {"count": left, "grade": least})
    return replace(
        evidence,
        allocations=allocations,
        contracts=contracts,
        routing=routing,
        notes=(*evidence.notes, note),
    )


def _count(
    allocations: Sequence[Allocation],
    contracts: Sequence[Contract],
    routing: Sequence[RoutingTotal],
) -> int:
    """Count records, of which one may be several lines."""
    refs = {each.ref for each in allocations}
    refs |= {each.ref for each in contracts}
    return len(refs | {each.ref for each in routing})
