"""The rules on the register as a whole, against readings of their definitions, day by day."""

from datetime import date, timedelta

import hypothesis.strategies as st
from hypothesis import given, settings

from tests.effort import tries
from tracer.model.evidence import Allocation
from tracer.model.period import ALL_DAYS, Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef
from tracer.rules.finding import examine_register
from tracer.rules.tr105_several_codes_one_holder import RULE

from .brute_numbers import codes_together

FIRST = date(2023, 7, 1)
DAYS = range(FIRST.toordinal() - 1, FIRST.toordinal() + 10)
"""The outermost stand for all before and after."""
CODES = ("10690001", "10690002", "10690003", "10680001", "10680002", "1069000101", "1069")


def term(draw: st.DrawFn) -> Period:
    ends = st.sampled_from((None, *range(9)))
    first, last = (None if n is None else FIRST + timedelta(n) for n in (draw(ends), draw(ends)))
    return Period(last, first) if first and last and last < first else Period(first, last)


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Allocation], Period]:
    rows = range(2, 2 + draw(st.integers(0, 6)))
    allocations = [
        Allocation(
            RecordRef("allocations", "ab" * 32, "allocations.csv", 0, None, row, row),
            Segment(draw(st.sampled_from(CODES))),
            draw(st.sampled_from(("甲", "甲", "乙"))),
            term(draw),
        )
        for row in rows
    ]
    return allocations, draw(st.sampled_from((ALL_DAYS, ALL_DAYS, term(draw))))


@settings(max_examples=tries(600))
@given(registers())
def test_several_codes_one_holder(drawn: tuple[list[Allocation], Period]) -> None:
    allocations, window = drawn
    expected = []
    for (holder, group), (codes, days) in codes_together(allocations, DAYS, window).items():
        is_open = bool({DAYS[0], DAYS[-1]} & days)
        rows = {
            a.ref.record_id
            for a in allocations
            if a.holder == holder and a.segment.prefix in codes
            if any(a.term.contains(date.fromordinal(day)) for day in days)
        }
        first, last = min(days), max(days)
        expected.append(
            (
                (holder,),
                ";".join(sorted(codes)),
                group,
                None if is_open else len(days),
                None if first == DAYS[0] else date.fromordinal(first),
                None if last == DAYS[-1] else date.fromordinal(last),
                tuple(sorted(rows)),
            )
        )
    found = [
        (
            f.parties,
            f.segment,
            f.values["group"],
            f.days,
            f.first_day,
            f.last_day,
            f.record_ids,
        )
        for f in examine_register(allocations, window)
        if f.rule == RULE.code
    ]
    assert sorted(found, key=repr) == sorted(expected, key=repr)
