"""TR205: an onward contract on a segment that no record shows its upstream ever to have held.

Flags
-----
One finding per onward contract of P with a segment that no allocation to P and no contract with P
as downstream overlaps, of whatever days: access contracts of carriers count as such a record
here. Only for classes (first four digits) of which the register on record holds a code.

Why
---
No number may be put into use without approval: 电信网码号资源管理办法 5; nor leased without it:
电信条例 28(3).

Evidence
--------
The rows of the onward contract. Days: those of their terms in the window.

Limits
------
Mostly a contract that was never handed in: the trace shows a gap at P. Not flagged where P has an
incoming contract that names no segment, which may be the title, nor for segments shorter than a
code (1069 for short). Only what lies in the scope is looked at.
"""

from collections.abc import Iterator
from functools import partial

from tracer.graph.traffic import Pair
from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.rules.base import Lead, Rule, make_finding
from tracer.rules.classes import CLASS_DIGITS
from tracer.rules.days import common_days, span_of_spans
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.lets import Let

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Lead]:
    """Give the findings of one scope."""
    classes = case.particulars.classes
    for party, over in case.holdings.overlet.items():
        if party in case.blank_days or all(over.held.values()):
            continue
        for pair in ((party, downstream) for downstream in over.downstreams):
            for let in case.lets(pair):
                if bare := [
                    each
                    for each in let
                    if not (over.held[each.node] or _is_any_title(case, party, each))
                    and each.segment[:CLASS_DIGITS] in classes
                ]:
                    yield Lead(party, pair, partial(_finding, case, pair, bare))


def _is_any_title(case: Inspection, party: str, let: Let) -> bool:
    """Tell whether any record gives the party some of a segment, on whatever days."""
    title = case.titles.of(party)
    known = (title.allocations, title.contracts, title.access)
    return any(papers.overlapping(let.segment) for papers in known)


def _finding(case: Inspection, pair: Pair, bare: list[Let]) -> Finding:
    terms = join_days(each.row.term.bounds() for each in bare)
    return make_finding(
        RULE.code,
        hops=[pair],
        contracts=[each.row for each in bare],
        segment=join_segments(each.segment for each in bare),
        span=span_of_spans(common_days(terms, [case.window.bounds()])),
        values={
            "party": pair[0],
            "downstream": pair[1],
            "contract": bare[0].row.contract_no,
        },
    )


RULE = Rule(
    code="TR205",
    name="no-title-on-record",
    clauses=("numbers-5", "telecom-28-3", "telecom-69-3", "notice-2020"),
    check=check,
)
