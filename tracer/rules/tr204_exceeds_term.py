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

from collections.abc import Iterator

from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.rules.base import Rule, make_finding
from tracer.rules.days import common_days, days_without, span_of_spans
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.terms import sentence_for
from tracer.rules.titles import Title

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    window = (case.window.bounds(),)
    for pair in case.found.hops.hops:
        title = case.titles.of(pair[0])
        for let in case.let(pair):
            beyond = []
            for segment, row in let:
                if not _is_held_at_times(title, segment):
                    continue
                held = [*title.days_held(segment), *title.blank]
                if days := common_days(days_without([row.term.bounds()], held), window):
                    beyond.append((segment, row, days))
            if not beyond:
                continue
            rows = [row for _, row, _ in beyond]
            yield make_finding(
                RULE.code,
                hops=[pair],
                contracts=[
                    *rows,
                    *(c for segment, _, _ in beyond for _, c in title.contracts.covering(segment)),
                ],
                segment=join_segments(segment for segment, _, _ in beyond),
                span=span_of_spans(join_days(each for _, _, days in beyond for each in days)),
                sentence=sentence_for(RULE.code, rows),
                values={
                    "party": pair[0],
                    "downstream": pair[1],
                    "contract": rows[0].contract_no,
                },
            )


def _is_held_at_times(title: Title, segment: str) -> bool:
    """Tell whether the claim is by contract, and is there on some days."""
    return bool(title.contracts.covering(segment)) and not title.allocations.overlapping(segment)


RULE = Rule(
    code="TR204",
    name="exceeds-term",
    clauses=("contract", "notice-2020", "telecom-28-3"),
    check=check,
)
