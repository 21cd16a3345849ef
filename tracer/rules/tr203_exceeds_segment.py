"""TR203: an onward contract lets a segment of which the party holds only a longer, narrower one.

Flags
-----
One finding per onward contract of P with a segment that on some day of its term no paper of P
covers as a whole, while on that day P holds a longer segment under it, by allocation or contract.

Why
---
Nobody can give more than they hold; a code is used within the approved length: MIIT notice of 2020.

Evidence
--------
The rows of the onward contract and the papers by which P holds the longer segments. Days: those
of the term, in the window, on which this is so.

Limits
------
Ten extensions held one by one are not the code they make up. Segments shorter than a code (1069
for short) are left out, and so are days on which an incoming contract of P that names no segment
is in force: it may be the title. Only what lies in the scope is looked at.
"""

from collections.abc import Iterator

from tracer.model.evidence import Allocation, Contract
from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.rules.base import Rule, make_finding
from tracer.rules.days import Days, common_days, days_without, span_of_spans
from tracer.rules.inspection import Inspection, join_segments
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
                if days := common_days(_days_beyond(title, segment, row), window):
                    beyond.append((segment, row, days))
            if not beyond:
                continue
            held = _held(title, beyond)
            yield make_finding(
                RULE.code,
                hops=[pair],
                contracts=[
                    *(row for _, row, _ in beyond),
                    *(paper for _, paper in held if isinstance(paper, Contract)),
                ],
                refs=[paper.ref for _, paper in held],
                segment=join_segments(segment for segment, _, _ in beyond),
                span=span_of_spans(join_days(each for _, _, days in beyond for each in days)),
                values={
                    "party": pair[0],
                    "downstream": pair[1],
                    "contract": beyond[0][1].contract_no,
                    "held": tuple((join_segments(digits for digits, _ in held) or "").split(";")),
                },
            )


def _days_beyond(title: Title, segment: str, row: Contract) -> Days:
    """Give the days of a term on which only part of a segment is held."""
    in_part = common_days([row.term.bounds()], title.days_held_in_part(segment))
    if not in_part:  # as mostly
        return ()
    return days_without(in_part, [*title.days_held(segment), *title.blank])


def _held(
    title: Title, beyond: list[tuple[str, Contract, Days]]
) -> list[tuple[str, Allocation | Contract]]:
    """Give the papers by which longer segments are held on such days."""
    return [
        (digits, paper)
        for segment, _, days in beyond
        for digits, paper in title.under(segment)
        if common_days(days, [paper.term.bounds()])
    ]


RULE = Rule(
    code="TR203",
    name="exceeds-segment",
    clauses=("notice-2020", "telecom-28-3", "contract"),
    check=check,
)
