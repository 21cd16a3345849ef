"""Sets of days as spans (first and last day number), for what no region of a scope holds.

Terms of licences, relations and allocations outside a scope begin and end where they will, not
only where its runs of days do.
"""

from collections.abc import Iterable
from datetime import date

from tracer.model.period import Period, join_days
from tracer.rules.base import Span

__all__ = ["Days", "common_days", "days_without", "span_of_spans"]

Days = tuple[tuple[int, int], ...]
"""Spans in order that neither touch nor overlap; open ends are the calendar's own."""

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def common_days(some: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> Days:
    """Give the days in both.

    Examples
    --------
    >>> common_days([(1, 5), (8, 9)], [(4, 8)])
    ((4, 5), (8, 8))
    """
    theirs = join_days(others)
    return tuple(  # in order and apart, as both are
        (max(first, low), min(last, high))
        for first, last in join_days(some)
        for low, high in theirs
        if max(first, low) <= min(last, high)
    )


def days_without(some: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> Days:
    """Give the days of the first that are not in the second.

    Examples
    --------
    >>> days_without([(1, 9)], [(3, 4), (9, 12)])
    ((1, 2), (5, 8))
    """
    begins = _FIRST
    gaps = []
    theirs = join_days(others)
    if not theirs:
        return join_days(some)
    for first, last in theirs:
        gaps.append((begins, first - 1))
        begins = last + 1
    gaps.append((begins, _LAST))
    return common_days(some, (gap for gap in gaps if gap[0] <= gap[1]))


def span_of_spans(spans: Days) -> Span:
    """Give the span of some days, of which there is at least one.

    Examples
    --------
    >>> span_of_spans(((738703, 738704), (738707, 738707))).days
    3
    """
    period = Period.from_bounds(spans[0][0], spans[-1][1])
    is_open = period.first is None or period.last is None
    days = None if is_open else sum(last - first + 1 for first, last in spans)
    return Span(days, period.first, period.last)
