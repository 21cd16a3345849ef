"""The days of a scope as masks, against sets of days."""

from datetime import date
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from tracer.graph.axis import DayAxis

FIRST, LAST = date.min.toordinal(), date.max.toordinal()


@given(st.sets(st.integers(1, 30)), st.data())
def test_spans_are_the_days_of_a_mask(cuts: set[int], data: st.DataObject) -> None:
    axis = DayAxis(1, 30, cuts)
    mask = data.draw(st.integers(0, axis.whole))
    days = {day for day in range(1, 31) if axis.bit(day) & mask}
    spans = list(axis.spans(mask))
    assert {day for first, last in spans for day in range(first, last + 1)} == days
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(spans))
    assert axis.count(mask) == len(days)
    lone = sorted(day for day in days if not {day - 1, day + 1} & days)
    assert axis.lone_days(mask) == lone
    if days:
        first = None if min(days) == FIRST else date.fromordinal(min(days))
        assert axis.ends(mask) == (first, date.fromordinal(max(days)))
        period = axis.period(mask)
        assert axis.ends(mask) == (period.first, period.last)


def test_ends_are_open_only_where_the_calendar_is() -> None:
    axis = DayAxis(FIRST, LAST, [20, 25])
    assert axis.ends(axis.whole) == (None, None)
    assert axis.ends(axis.bit(19)) == (None, date.fromordinal(19))
    assert axis.ends(axis.bit(25)) == (date.fromordinal(25), None)
    assert axis.ends(axis.bit(20)) == (date.fromordinal(20), date.fromordinal(24))
    assert DayAxis(FIRST, 24, [20]).ends(0b11) == (None, date.fromordinal(24))


def test_a_span_asked_for_again_is_the_same() -> None:
    axis = DayAxis(1, 30, [10, 20])
    assert axis.span(10, 19) is axis.span(10, 19)
    assert axis.span(10, 30) == axis.span(10, 19) | axis.span(20, 30)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(FIRST, LAST, {FIRST, LAST}), (10, LAST, {LAST}), (FIRST, 30, {FIRST}), (10, 30, set())],
)
def test_open_ends_lie_beyond_all_that_begins_or_ends(
    first: int, last: int, expected: set[int]
) -> None:
    axis = DayAxis(first, last, [20, 25])
    asked = {first, 20, 24, last} | {FIRST, LAST} & set(range(first, last + 1))
    assert {day for day in asked if axis.bit(day) & axis.open_ends} == expected


def test_a_scope_without_a_date_is_open_all_over() -> None:
    axis = DayAxis(FIRST, LAST)
    assert axis.open_ends == axis.whole
