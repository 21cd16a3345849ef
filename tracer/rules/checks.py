"""Hops that began without a check on record (TR401, TR402, TR403: one kind of check each)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from tracer.graph.traffic import Pair
from tracer.model.finding import Finding
from tracer.model.particulars import CheckRecord
from tracer.rules.base import make_finding
from tracer.rules.inspection import Inspection

__all__ = ["unchecked_hops"]


def unchecked_hops(code: str, kind: str) -> Callable[[Inspection], Iterable[Finding]]:
    """Make the check of a rule on one kind of check.

    It gives one finding per hop whose upstream has handed in a check of the kind, of whomever, and
    none of this hop that may have been passed on its first day or before: the day it begins,
    whatever the window. What a record leaves unsaid counts for the parties: a check without a
    result may have been passed, one without a day may have come first, and on a hop without a
    first day any passed check may have.
    """

    def check(case: Inspection) -> Iterator[Finding]:
        checking = case.particulars.checking
        onward = case.found.hops.onward
        for party in (party for party in onward if kind in checking.get(party, ())):
            for pair in ((party, downstream) for downstream, _ in onward[party]):
                done = [c for c in case.particulars.checks.get(pair, ()) if c.kind == kind]
                first = case.first_days[pair]
                if not any(_is_in_time(each, first) for each in done):
                    yield _finding(code, case, pair, done)

    return check


def _may_be_passed(check: CheckRecord) -> bool:
    return check.result in (None, "passed")


def _is_in_time(check: CheckRecord, first: date | None) -> bool:
    return _may_be_passed(check) and (
        first is None or check.done_on is None or check.done_on <= first
    )


def _finding(code: str, case: Inspection, pair: Pair, done: list[CheckRecord]) -> Finding:
    records = case.records[pair]
    region = case.found.hops.hops[pair]
    span = case.span(region)
    on_first = {
        point
        for point, here in records.points.items()
        if here.messages and span.first and point[1] == span.first.toordinal()
    }
    later = [c.done_on for c in done if c.done_on is not None and _may_be_passed(c)]
    failed = {c.done_on for c in done if c.result == "failed"}
    variants = [name for name, told in (("later", later), ("failed", failed)) if told]
    return make_finding(
        code,
        hops=[pair],
        contracts=records.contracts,
        refs=[*case.routing_refs(pair, on_first), *(c.ref for c in done)],
        segment=case.segment_of(region),
        span=span,
        messages=records.messages,
        sentence=".".join((code, *variants)),
        values={
            "upstream": pair[0],
            "downstream": pair[1],
            "later": min(later).isoformat() if later else "",
            "failed": tuple(sorted("" if day is None else day.isoformat() for day in failed)),
        },
    )
