"""Routing totals looked up by party, number and day: the records that findings on traffic name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from tracer.model.evidence import RoutingTotal
from tracer.rules.base import Span

__all__ = ["Journal", "span_of_days"]

_Entry = tuple[str, str, int]
"""Party, number, day."""


class Journal:
    """Routing totals by the ends of their hop.

    Parameters
    ----------
    routing : iterable of RoutingTotal
        Of all days on record.
    """

    def __init__(self, routing: Iterable[RoutingTotal]) -> None:
        self._received: dict[_Entry, list[RoutingTotal]] = defaultdict(list)
        self._forwarded: dict[_Entry, list[RoutingTotal]] = defaultdict(list)
        for total in routing:
            day = total.day.toordinal()
            self._received[total.upstream, total.number, day].append(total)
            self._forwarded[total.downstream, total.number, day].append(total)

    def received(self, party: str, number: str, day: int) -> Iterator[RoutingTotal]:
        """Give the totals of messages a party accepted, those of stopped messages left out."""
        return (r for r in self._received.get((party, number, day), ()) if r.messages)

    def forwarded(self, party: str, number: str, day: int) -> Iterator[RoutingTotal]:
        """Give the totals of messages a party sent up, those of stopped messages left out."""
        return (r for r in self._forwarded.get((party, number, day), ()) if r.messages)

    def between(
        self, upstream: str, downstream: str, number: str, days: Iterable[int]
    ) -> Iterator[RoutingTotal]:
        """Give the totals of one hop under a number on some days, stopped messages included."""
        for day in days:
            for total in self._received.get((upstream, number, day), ()):
                if total.downstream == downstream:
                    yield total


def span_of_days(days: Collection[int]) -> Span:
    """Give the span of some routed days (proleptic day numbers), of which there is at least one.

    Examples
    --------
    >>> span_of_days([738703, 738705, 738703]).days
    2
    """
    return Span(len(set(days)), date.fromordinal(min(days)), date.fromordinal(max(days)))
