"""Spans of days against sets of days."""

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from tracer.model.period import ALL_DAYS, Period
from tracer.rules.base import Span
from tracer.rules.days import Days, common_days, days_without, span_of_spans

spans = st.lists(
    st.tuples(st.integers(1, 20), st.integers(1, 20)).map(lambda ends: (min(ends), max(ends))),
    max_size=4,
)


def days_of(found: list[tuple[int, int]] | Days) -> set[int]:
    return {day for first, last in found for day in range(first, last + 1)}


def is_tidy(found: Days) -> bool:
    """Whether the spans stand in order and neither touch nor overlap."""
    return all(one[1] + 1 < other[0] for one, other in pairwise(found))


@given(spans, spans)
def test_spans_are_sets_of_days(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    common, rest = common_days(some, others), days_without(some, others)
    assert days_of(common) == days_of(some) & days_of(others)
    assert days_of(rest) == days_of(some) - days_of(others)
    assert is_tidy(common)
    assert is_tidy(rest)


@pytest.mark.parametrize("open_end", [0, 1])
def test_an_open_end_leaves_the_days_uncounted(open_end: int) -> None:
    first, last = ALL_DAYS.bounds()
    span = span_of_spans(((first, 738703) if open_end == 0 else (738703, last),))
    assert span.days is None
    assert (span.first is None, span.last is None) == (open_end == 0, open_end == 1)


def test_days_without_an_open_term() -> None:
    everything = ALL_DAYS.bounds()
    until = Period(None, Period.from_bounds(1, 738703).last).bounds()
    rest = days_without([everything], [until])
    assert span_of_spans(rest) == Span(None, Period.from_bounds(738704, 738704).first, None)
    assert days_without([until], [everything]) == ()
