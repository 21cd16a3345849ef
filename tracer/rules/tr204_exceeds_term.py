"""TR204: an onward contract runs on days on which the party does not hold the segment.

Flags
-----
One finding per onward contract of P with a segment that an incoming contract of P covers as a
whole on some days on record, and no paper of P covers as a whole on some days of the onward
contract's term. Not where an allocation to P, of whatever days, overlaps the segment: then its
claim is not by contract.

Why
---
Nobody can give longer than they hold.

Evidence
--------
The rows of the onward contract and the incoming contracts that cover the segment on other days.
Days: those of the term, in the window, on which P does not hold the segment.

Limits
------
A renewal that was never handed in looks like none. A contract that states no start or end counts
as in force on all days before or after; the sentence then says so. Segments shorter than a code
(1069 for short) are left out, and so are days on which an incoming contract of P that names no
segment is in force: it may be the title.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from tracer.graph.traffic import Pair
from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.rules.base import Lead, Rule, make_finding
from tracer.rules.days import span_of_spans
from tracer.rules.holdings import Overlet
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.lets import Let
from tracer.rules.terms import sentence_for

__all__ = ["RULE"]

_Beyond = list[tuple[Let, int]]
"""What is let beyond what is held, and the days (mask); some may yet be left out."""


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    for party, over in case.holdings.overlet.items():
        held = _held_at_times(case, party, over)
        if not held:
            continue
        for downstream in over.downstreams:
            pair = (party, downstream)
            for let in case.lets(pair):
                if beyond := _beyond(case, party, let, held):
                    yield Lead(party, pair, partial(_finding, case, pair, beyond))


def _beyond(case: Inspection, party: str, let: list[Let], held: Mapping[int, int]) -> _Beyond:
    """Give the days of a term on which a segment is not held that is held on others."""
    beyond = [
        (each, days) for each in let if each.node in held and (days := each.days & ~held[each.node])
    ]
    if party in case.blank_days:  # an incoming contract that names no segment may be a title
        return [(each, days) for each, days in beyond if case.days_besides(party, days)]
    return beyond


def _held_at_times(case: Inspection, party: str, over: Overlet) -> dict[int, int]:
    """Give what a party lets and holds on some days on record, by contract; and when it does."""
    digits = case.found.scope.tree.digits
    if not case.holdings.is_ever_holder(party):  # as mostly
        return {
            node: days
            for node, days in over.held.items()
            if days or case.titles.of(party).contracts.covering(digits[node])
        }
    title = case.titles.of(party)
    return {
        node: days
        for node, days in over.held.items()
        if not title.allocations.overlapping(digits[node])
        and (case.holdings.days_let_to(party, node) or title.contracts.covering(digits[node]))
    }


def _finding(case: Inspection, pair: Pair, beyond: _Beyond) -> Finding:
    party, downstream = pair
    title = case.titles.of(party)
    rows = [each.row for each, _ in beyond]
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=[
            *rows,
            *(c for each, _ in beyond for _, c in title.contracts.covering(each.segment)),
        ],
        segment=join_segments(each.segment for each, _ in beyond),
        span=span_of_spans(
            join_days(span for _, days in beyond for span in case.days_besides(party, days))
        ),
        sentence=sentence_for(RULE.code, rows),
        values={"party": party, "downstream": downstream, "contract": rows[0].contract_no},
    )


RULE = Rule(
    code="TR204",
    name="exceeds-term",
    clauses=("contract", "notice-2020", "telecom-28-3"),
    check=check,
)
