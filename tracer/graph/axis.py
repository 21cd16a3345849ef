"""The days of a scope, cut into the runs on which the same papers are in force.

A set of days is a bit mask (a Python integer), a bit per run: the days of a scope are many, the
days on which something begins or ends are few.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise

from tracer.model.period import Period

__all__ = ["DayAxis"]

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class DayAxis:
    """Runs of days, in order and without a gap.

    Parameters
    ----------
    first, last : int
        Ends of the scope, as proleptic day numbers, inclusive.
    cuts : iterable of int
        Days on which a run begins; those outside the scope are passed over.

    Examples
    --------
    >>> axis = DayAxis(1, 30, [10, 20])
    >>> bin(axis.span(10, 30)), axis.count(axis.span(10, 19))
    ('0b110', 10)
    """

    def __init__(self, first: int, last: int, cuts: Iterable[int] = ()) -> None:
        starts = sorted({first, *(day for day in cuts if first < day <= last)})
        self._edges = (*starts, last + 1)
        self._place = {day: place for place, day in enumerate(self._edges)}
        self._spans: dict[tuple[int, int], int] = {}
        self.whole = (1 << len(starts)) - 1

    def span(self, first: int, last: int) -> int:
        """Give the runs from one day to another; a run must begin at `first` and after `last`."""
        ends = (first, last)
        span = self._spans.get(ends)
        if span is None:  # contracts are many, their terms few
            span = (1 << self._place[last + 1]) - (1 << self._place[first])
            self._spans[ends] = span
        return span

    def bit(self, day: int) -> int:
        """Give the run a day of the scope lies in."""
        return 1 << bisect_right(self._edges, day) - 1

    def clip(self, first: int, last: int) -> int:
        """Give every run that has a day from `first` to `last`, which may lie anywhere."""
        first, last = max(first, self._edges[0]), min(last, self._edges[-1] - 1)
        if first > last:
            return 0
        return (self.bit(last) << 1) - self.bit(first)

    def period(self, mask: int) -> Period:
        """Give the first and last day of a non-empty set; open where the calendar ends."""
        return Period(*self.ends(mask))

    def ends(self, mask: int) -> tuple[date | None, date | None]:
        """Give what `period` does as two days: they are asked for more often than any period."""
        firsts, lasts = self._dates
        return firsts[(mask & -mask).bit_length() - 1], lasts[mask.bit_length() - 1]

    @cached_property
    def _dates(self) -> tuple[list[date | None], list[date | None]]:
        """First and last day of every run; None at the calendar's own ends."""
        return (
            [None if day <= _FIRST else date.fromordinal(day) for day in self._edges[:-1]],
            [None if day > _LAST else date.fromordinal(day - 1) for day in self._edges[1:]],
        )

    def is_unbroken(self, mask: int) -> bool:
        """Tell whether no day is missing between the first and last of a non-empty set."""
        whole = mask + (mask & -mask)
        return not whole & (whole - 1)

    def count(self, mask: int) -> int:
        """Count the days of a set."""
        if mask and self.is_unbroken(mask):  # as mostly
            return self._edges[mask.bit_length()] - self._edges[(mask & -mask).bit_length() - 1]
        return sum(last - first + 1 for first, last in self.spans(mask))

    def spans(self, mask: int) -> Iterator[tuple[int, int]]:
        """Give the unbroken spans of a set, in order, as first and last day.

        Examples
        --------
        >>> list(DayAxis(1, 30, [10, 20, 25]).spans(0b1011))
        [(1, 19), (25, 30)]
        """
        while mask:
            begin = (mask & -mask).bit_length() - 1
            rest = mask >> begin
            end = begin + (~rest & (rest + 1)).bit_length() - 1
            yield self._edges[begin], self._edges[end] - 1
            mask = mask >> end << end

    def lone_days(self, mask: int) -> list[int]:
        """Give the days of a set without the day before and the day after, in order.

        Examples
        --------
        >>> DayAxis(1, 30, [10, 11, 20, 21]).lone_days(0b01011)
        [20]
        """
        lone = mask & self._single & ~(mask << 1) & ~(mask >> 1)
        return [first for first, _ in self.spans(lone)] if lone else []

    @cached_property
    def _single(self) -> int:
        """Runs of one day."""
        edges = self._edges
        return sum(1 << n for n, (one, next_) in enumerate(pairwise(edges)) if next_ == one + 1)

    @property
    def open_ends(self) -> int:
        """Give the runs that begin or end with the calendar: nothing begins or ends beyond."""
        last = 1 << len(self._edges) - 2
        is_first_open = self._edges[0] <= date.min.toordinal()
        is_last_open = self._edges[-1] > date.max.toordinal()
        return (1 if is_first_open else 0) | (last if is_last_open else 0)
