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

from tracer.model.finding import Finding
from tracer.model.period import join_days
from tracer.rules.base import Rule, make_finding
from tracer.rules.classes import CLASS_DIGITS
from tracer.rules.days import common_days, span_of_spans
from tracer.rules.inspection import Inspection, join_segments
from tracer.rules.titles import Title

__all__ = ["RULE"]


def check(case: Inspection) -> Iterator[Finding]:
    """Give the findings of one scope."""
    window = (case.window.bounds(),)
    for pair in case.found.hops.hops:
        title = case.titles.of(pair[0])
        for let in case.let(pair):
            bare = [
                (segment, row)
                for segment, row in let
                if segment[:CLASS_DIGITS] in case.particulars.classes
                and not _is_any_title(title, segment)
            ]
            if not bare:
                continue
            terms = join_days(row.term.bounds() for _, row in bare)
            yield make_finding(
                RULE.code,
                hops=[pair],
                contracts=[row for _, row in bare],
                segment=join_segments(segment for segment, _ in bare),
                span=span_of_spans(common_days(terms, window)),
                values={
                    "party": pair[0],
                    "downstream": pair[1],
                    "contract": bare[0][1].contract_no,
                },
            )


def _is_any_title(title: Title, segment: str) -> bool:
    """Tell whether any record gives the party some of a segment, or may give it."""
    known = (title.allocations, title.contracts, title.access)
    return bool(title.blank) or any(papers.overlapping(segment) for papers in known)


RULE = Rule(
    code="TR205",
    name="no-title-on-record",
    clauses=("numbers-5", "telecom-28-3", "telecom-69-3", "notice-2020"),
    check=check,
)
