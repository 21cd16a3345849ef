"""Routing totals added up per hop and point: what a hop's messages are, and whose log shows them.

Both ends of a hop may hand in logs of the same traffic, and one end may hand in the same days
twice, so the messages of a hop at a point are the largest of the sums by (reporter, delivery),
never the sum over them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tracer.model.evidence import RoutingTotal

__all__ = ["HopTraffic", "Pair", "Point", "PointTraffic", "sum_traffic"]

Pair = tuple[str, str]
"""Upstream and downstream, by canonical name."""

Point = tuple[str, int]
"""A routed number and a day (proleptic day number)."""

UNITS = ("messages", "parts")
"""Units in which logs count, the one that is preferred first; never compared with each other."""


@dataclass(frozen=True, slots=True)
class PointTraffic:
    """One hop at one point.

    Parameters
    ----------
    messages : int
        A lower bound that handing in the same traffic twice cannot inflate; 0 when all that is
        on record was stopped by the platform.
    unit : str
        `messages`, or `parts` where the logs give nothing else here.
    parts : int or None
        Billed parts, where stated.
    blocked : int
        Messages the platform stopped.
    reported : dict of (str or None) to int
        By reporter, the largest sum over its deliveries, in the unit that counts here.
    """

    messages: int
    unit: str
    parts: int | None
    blocked: int
    reported: dict[str | None, int]


HopTraffic = dict[Point, PointTraffic]


def sum_traffic(routing: Iterable[RoutingTotal]) -> dict[Pair, HopTraffic]:
    """Add routing totals up per hop and point.

    Parameters
    ----------
    routing : iterable of RoutingTotal
        In any order.

    Returns
    -------
    dict of Pair to HopTraffic
        Every (upstream, downstream) on record with its points in order.
    """
    gathered: dict[Pair, dict[Point, list[RoutingTotal]]] = defaultdict(lambda: defaultdict(list))
    for total in routing:
        point = (total.number, total.day.toordinal())
        gathered[total.upstream, total.downstream][point].append(total)
    return {
        pair: {point: _sum_point(points[point]) for point in sorted(points)}
        for pair, points in sorted(gathered.items())
    }


def _sum_point(totals: list[RoutingTotal]) -> PointTraffic:
    if len(totals) == 1:
        one = totals[0]
        reported = {one.reporter: one.messages} if one.messages else {}
        return PointTraffic(one.messages, one.unit, one.parts, one.blocked, reported)
    accepted: dict[str, dict[tuple[str | None, int], int]] = {
        unit: defaultdict(int) for unit in UNITS
    }
    parts: dict[tuple[str | None, int], int] = defaultdict(int)
    blocked: dict[tuple[str | None, int], int] = defaultdict(int)
    for total in totals:
        log = (total.reporter, total.delivery)
        accepted[total.unit][log] += total.messages
        blocked[log] += total.blocked
        if total.parts is not None:
            parts[log] += total.parts
    unit = next((unit for unit in UNITS if any(accepted[unit].values())), UNITS[0])
    reported = {}
    for (reporter, _), messages in accepted[unit].items():
        if messages:
            reported[reporter] = max(messages, reported.get(reporter, 0))
    return PointTraffic(
        messages=max(reported.values(), default=0),
        unit=unit,
        parts=max(parts.values(), default=None),
        blocked=max(blocked.values()),
        reported=reported,
    )
