"""What each party carried, number by number and day by day: a lower bound, over no chains.

What a party passes on it has on both sides, so what its hops to upstreams and its hops from
downstreams show under a number on a day are two readings of the same messages: the larger of them
counts, never their sum, and never a sum over chains.
"""

from collections import defaultdict
from dataclasses import dataclass

from tracer.graph.survey import Survey
from tracer.graph.traffic import UNITS, Point

__all__ = ["Carried", "find_carried"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What one party carried under a number on a day.

    Parameters
    ----------
    messages : int
        The larger of `forwarded` and `received`.
    unit : {"messages", "parts"}
        What they count; billed parts only where the logs of this point give nothing else.
    forwarded, received : int
        On its hops to upstreams (carriers included), and from downstreams.
    blocked : int
        On its hops from downstreams: messages the platform stopped.
    """

    messages: int
    unit: str
    forwarded: int
    received: int
    blocked: int


def find_carried(found: Survey) -> dict[str, dict[Point, Carried]]:
    """Find what every party carried at the points of the window that have traffic on record.

    Returns
    -------
    dict of str to dict of Point to Carried
        By party, by point in order. Logs in another unit are never compared nor added up: where
        some of a point count in messages, only these do.
    """
    first, last = found.scope.window.bounds()
    forwarded: dict[tuple[str, Point], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    received: dict[tuple[str, Point], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    blocked: dict[tuple[str, Point], int] = defaultdict(int)
    for (upstream, downstream), points in found.traffic.items():
        for point, here in points.items():
            if not first <= point[1] <= last:
                continue
            blocked[upstream, point] += here.blocked
            if here.messages:
                forwarded[downstream, point][here.unit] += here.messages
                received[upstream, point][here.unit] += here.messages
    carried: dict[str, dict[Point, Carried]] = defaultdict(dict)
    for party, point in sorted(forwarded.keys() | received.keys() | blocked.keys()):
        out, come = forwarded.get((party, point), {}), received.get((party, point), {})
        unit = next((unit for unit in UNITS if out.get(unit) or come.get(unit)), UNITS[0])
        sent, got = out.get(unit, 0), come.get(unit, 0)
        stopped = blocked.get((party, point), 0)
        if sent or got or stopped:
            carried[party][point] = Carried(max(sent, got), unit, sent, got, stopped)
    return dict(carried)
