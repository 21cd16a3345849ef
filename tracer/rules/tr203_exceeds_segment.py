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

from collections.abc import Iterator, Mapping
from functools import partial

from tracer.graph.traffic import Pair
from tracer.model.evidence import Allocation, Contract
from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.rules.base import Lead, Rule, make_finding
from tracer.rules.days import Days, common_days, span_of_spans
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.lets import Let
from tracer.rules.titles import Title

__all__ = ["RULE"]

_Beyond = list[tuple[Let, Days]]
"""What is let beyond what is held, and the days."""


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    for party, over in case.holdings.overlet.items():
        if not over.is_in_part:
            continue
        for pair in ((party, downstream) for downstream in over.downstreams):
            for let in case.lets(pair):
                if beyond := _beyond(case, party, let, over.held):
                    yield Lead(party, pair, partial(_finding, case, pair, beyond))


def _beyond(case: Inspection, party: str, let: list[Let], held: Mapping[int, int]) -> _Beyond:
    """Give the days of a term on which only part of a segment is held."""
    found = []
    for each in let:
        beyond = each.days & ~held[each.node]
        if beyond and (mask := beyond & case.holdings.days_held_in_part(party, each.node)):
            found.append((each, case.days_besides(party, mask)))
    return [(each, days) for each, days in found if days]


def _finding(case: Inspection, pair: Pair, beyond: _Beyond) -> Finding:
    held = _held(case.titles.of(pair[0]), beyond)
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=[
            *(each.row for each, _ in beyond),
            *(paper for _, paper in held if isinstance(paper, Contract)),
        ],
        refs=[paper.ref for _, paper in held],
        segment=join_segments(each.segment for each, _ in beyond),
        span=span_of_spans(join_days(span for _, days in beyond for span in days)),
        values={
            "party": pair[0],
            "downstream": pair[1],
            "contract": beyond[0][0].row.contract_no,
            "held": tuple((join_segments(digits for digits, _ in held) or "").split(";")),
        },
    )


def _held(title: Title, beyond: _Beyond) -> list[tuple[str, Allocation | Contract]]:
    """Give the papers by which longer segments are held on such days."""
    return [
        (digits, paper)
        for each, days in beyond
        for digits, paper in title.under(each.segment)
        if common_days(days, [paper.term.bounds()])
    ]


RULE = Rule(
    code="TR203",
    name="exceeds-segment",
    clauses=("notice-2020", "telecom-28-3", "contract"),
    check=check,
)
