"""Messages day by day between two parties, as a page shows them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracer.graph.result import Trace
from tracer.model.evidence import RoutingTotal

__all__ = ["Daily", "DayFigure", "daily_traffic"]


@dataclass(frozen=True, slots=True)
class DayFigure:
    """One day of one pair.

    Parameters
    ----------
    messages : int
        As the trace counts them: the larger of what both ends log, never the sum. Nought where
        all were stopped.
    covered : int
        Of these, under a contract of the pair.
    """

    day: date
    messages: int
    covered: int


Daily = Mapping[tuple[str, str | None, str], tuple[DayFigure, ...]]
"""Days in order, by scope of the exhibit (`hop`, `access`, `blocked`), upstream, downstream."""


def daily_traffic(trace: Trace) -> Daily:
    """Give the days on which each pair has any routing record.

    Of hops the figures are those of the trace, so that their sum is the hop's own. Carrier access
    is counted by the same rule; of stopped traffic only the days are known.
    """
    found: dict[tuple[str, str | None, str], tuple[DayFigure, ...]] = {}
    for hop in trace.hops:
        days = {total.day: [0, 0] for total in hop.routing}
        for at in hop.traffic:
            figure = days.setdefault(at.day, [0, 0])
            figure[0] += at.messages
            figure[1] += at.messages if at.covered else 0
        found["hop", hop.upstream, hop.downstream] = _in_order(days)
    for access in trace.access:
        days = _larger_of_each(access.routing)
        found["access", access.carrier, access.party] = _in_order(days)
    for pair in trace.blocked_only:
        days = {total.day: [0, 0] for total in pair.routing}
        found["blocked", pair.upstream, pair.downstream] = _in_order(days)
    return found


def _larger_of_each(totals: Iterable[RoutingTotal]) -> dict[date, list[int]]:
    """Take the largest sum by (reporter, delivery) at each number and day, as the trace does."""
    sums: dict[tuple[date, str], dict[tuple[str | None, int], int]] = defaultdict(
        lambda: defaultdict(int)
    )
    for total in totals:
        sums[total.day, total.number][total.reporter, total.delivery] += total.messages
    days: dict[date, list[int]] = {}
    for (day, _), by_log in sums.items():
        days.setdefault(day, [0, 0])[0] += max(by_log.values())
    return days


def _in_order(days: Mapping[date, list[int]]) -> tuple[DayFigure, ...]:
    return tuple(DayFigure(day, *days[day]) for day in sorted(days))
