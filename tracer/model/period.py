"""Spans of calendar days, both ends inclusive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

__all__ = ["ALL_DAYS", "Period", "join_days"]

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
"""Day numbers of the calendar's own ends."""


@dataclass(frozen=True, slots=True)
class Period:
    """A run of calendar days; `None` is an open end.

    Parameters
    ----------
    first, last : datetime.date or None
        Both inclusive.

    Raises
    ------
    ValueError
        If the last day is before the first.
    """

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            message = f"{self.last} is before {self.first}"
            raise ValueError(message)

    def contains(self, day: date) -> bool:
        """Tell whether the day lies in the period.

        Examples
        --------
        >>> Period(date(2023, 7, 1), None).contains(date(2023, 6, 30))
        False
        """
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two periods share a day."""
        return not (
            (self.last is not None and other.first is not None and self.last < other.first)
            or (other.last is not None and self.first is not None and other.last < self.first)
        )

    def bounds(self) -> tuple[int, int]:
        """Give the ends as proleptic day numbers, open ends as the calendar's own.

        Examples
        --------
        >>> Period(date(1, 1, 2), None).bounds()
        (2, 3652059)
        """
        return (
            self.first.toordinal() if self.first else _FIRST,
            self.last.toordinal() if self.last else _LAST,
        )

    @classmethod
    def from_bounds(cls, first: int, last: int) -> "Period":
        """Make a period of day numbers; the calendar's own ends become open."""
        return cls(
            None if first <= _FIRST else date.fromordinal(first),
            None if last >= _LAST else date.fromordinal(last),
        )


ALL_DAYS = Period()


def join_days(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join spans of days (first and last day number) that touch or overlap.

    Examples
    --------
    >>> join_days([(5, 6), (1, 2), (3, 3)])
    ((1, 3), (5, 6))
    """
    ordered = sorted(set(spans))
    if len(ordered) < 2:  # as mostly
        return tuple(ordered)
    runs: list[tuple[int, int]] = []
    for first, last in ordered:
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return tuple(runs)
